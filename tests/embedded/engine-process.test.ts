/** The embedded engine as a process: what outlasts it, what it leaves behind, what it refuses. */
import { afterEach, describe, expect, test } from 'vitest';
import { EngineProcess, type EngineProcessOptions } from '../support/engine-process.ts';
import { call, lastRowOf, sendMessage } from '../support/open-stream-client.ts';
import { TinyApp } from '../support/tiny-app.ts';

const discarded: { discard(): unknown }[] = [];
afterEach(async () => {
  for (const started of discarded.splice(0).toReversed()) await started.discard();
});

async function start(options: EngineProcessOptions = {}): Promise<EngineProcess> {
  const engine = await EngineProcess.start(options);
  discarded.push(engine);
  return engine;
}

function launch(options: EngineProcessOptions): EngineProcess {
  const engine = EngineProcess.launch(options);
  discarded.push(engine);
  return engine;
}

function makeTinyApp(resources?: Record<string, unknown>): TinyApp {
  const app = new TinyApp(resources);
  discarded.push(app);
  return app;
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline) {
    if (await condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return condition();
}

describe('an engine that has stopped', () => {
  test.each<NodeJS.Signals>(['SIGTERM', 'SIGINT', 'SIGKILL'])(
    'with %s has kept every acknowledged message',
    async (signal) => {
      const engine = await start();
      const [url] = engine.describe().apiUrls;
      for (let index = 1; index <= 25; index++) await sendMessage(url!, 'ann', `message ${index}`, `key ${index}`);
      await engine.end(signal);

      const next = await start({ dataFolder: engine.dataFolder });
      const [nextUrl] = next.describe().apiUrls;
      expect(lastRowOf(await sendMessage(nextUrl!, 'ann', 'message 7', 'key 7')).slice(0, 3)).toEqual([
        7,
        'ann',
        'message 7',
      ]);
      const last = lastRowOf(await sendMessage(nextUrl!, 'ann', 'and on'));
      expect([last[0], last[4]]).toEqual([26, 26]);
    },
  );

  test.each<NodeJS.Signals>(['SIGTERM', 'SIGINT', 'SIGKILL'])('with %s leaves no process behind', async (signal) => {
    const engine = await start();
    await call(`${engine.describe().apiUrls[0]}/`, 'GET');
    const children = engine.listChildren();
    expect(children.length).toBeGreaterThan(0);
    const code = await engine.end(signal);
    expect(code).toBe(signal === 'SIGKILL' ? null : 0);
    expect(await until(() => !children.some(isRunning), 5_000)).toBe(true);
  });

  test('starts empty with FRESH=1', async () => {
    const engine = await start();
    await sendMessage(engine.describe().apiUrls[0]!, 'ann', 'hello');
    await engine.end('SIGTERM');
    const next = await start({ dataFolder: engine.dataFolder, environment: { FRESH: '1' } });
    expect(lastRowOf(await sendMessage(next.describe().apiUrls[0]!, 'ann', 'hello'))[0]).toBe(1);
  });
});

describe('an engine refuses', () => {
  test('a folder that another engine uses, and says which one', async () => {
    const engine = await start();
    const second = launch({ dataFolder: engine.dataFolder, environment: { FRESH: '1' } });
    expect(await second.exited()).toBe(1);
    expect(second.output).toContain(`${engine.dataFolder} is in use by another engine (process ${engine.processId}`);
    await sendMessage(engine.describe().apiUrls[0]!, 'ann', 'still here');
  });

  test('a port that is taken', async () => {
    const engine = await start();
    const port = new URL(engine.describe().apiUrls[0]!).port;
    const second = launch({ environment: { API_PORT: port } });
    expect(await second.exited()).toBe(1);
    expect(second.output).toContain(`Cannot listen on 127.0.0.1:${port}`);
  });

  test.each([
    ['API_PORT', 'http', 'API_PORT: got "http"; it takes a whole number from 0 to 65535'],
    ['LAMBDA_MODE', 'fast', 'LAMBDA_MODE: got "fast"; it takes managed or lambda'],
  ])('%s=%s', async (name, value, message) => {
    const engine = launch({ environment: { [name]: value } });
    expect(await engine.exited()).toBe(1);
    expect(engine.output).toContain(message);
  });

  test('a template with a resource that it does not emulate, by name', async () => {
    const app = makeTinyApp({ Topic: { Type: 'AWS::SNS::Topic', Properties: {} } });
    const engine = launch({ appFolder: app.folder });
    expect(await engine.exited()).toBe(1);
    expect(engine.output).toContain('AWS::SNS::Topic');
    expect(engine.output).toContain('Topic');
  });

  test('a CDK app that fails, with what the app printed', async () => {
    const engine = launch({ args: ['-c', 'throttle=many'] });
    expect(await engine.exited()).toBe(1);
    expect(engine.output).toContain('throttle: got "many"');
  });
});

test('several API ports serve the same API', async () => {
  const engine = await start({ environment: { API_PORT: '0,0' } });
  const [one, other] = engine.describe().apiUrls;
  expect(one).not.toBe(other);
  await sendMessage(one!, 'ann', 'through one');
  expect(lastRowOf(await sendMessage(other!, 'ann', 'through the other'))[0]).toBe(2);
});

test('the setting throttle answers 429 beyond its rate, but never on the open stream', async () => {
  const engine = await start({ args: ['-c', 'throttle=5'] });
  const url = engine.describe().apiUrls[0]!;
  const callAtOnce = (path: string) => Promise.all(Array.from({ length: 30 }, () => call(`${url}${path}`, 'GET')));
  const answers = await callAtOnce('/v1/sessions');
  const statuses = answers.map(({ status }) => status);
  // Who is let through is not signed in.
  expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(5);
  const throttled = answers.find(({ status }) => status === 429);
  expect(throttled?.text).toBe('{"code":429,"message":"too-many-requests"}');
  expect(throttled?.headers['retry-after']).toBe('1');
  expect((await callAtOnce('/')).map(({ status }) => status)).not.toContain(429);
});

test('a watched function that changes is reloaded, a broken one is reported and mended', async () => {
  const app = makeTinyApp();
  const engine = await start({ appFolder: app.folder, args: ['--watch'] });
  const url = `${engine.describe().apiUrls[0]}/`;
  const answers = (text: string) => async () => (await call(url, 'GET')).text === text;
  expect(await answers('first')()).toBe(true);
  app.answerWith('second');
  expect(await until(answers('second'), 10_000)).toBe(true);
  for (const text of ['third', 'fourth']) {
    app.replaceBy(text);
    expect(await until(answers(text), 10_000)).toBe(true);
  }
  app.breakWith('broken on purpose');
  await engine.printed('no handler in "broken on purpose"\nWhat ran before goes on running.');
  expect((await call(url, 'GET')).text).toBe('fourth');
  app.answerWith('fifth');
  expect(await until(answers('fifth'), 10_000)).toBe(true);
});

test('a request with a foreign Host or Origin is refused', async () => {
  const engine = await start();
  const url = `${engine.describe().apiUrls[0]}/`;
  expect((await call(url, 'GET', { Origin: 'https://example.com' })).status).toBe(403);
  expect((await call(url, 'GET', { Host: 'rebound.example.com' })).status).toBe(403);
  expect((await call(url, 'GET', { Origin: 'http://localhost:3000' })).status).toBe(200);
});
