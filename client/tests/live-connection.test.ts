/** A live connection finds its way back, and knows when it cannot. */
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type LiveState, MessengerClient, NoAnswerError, SessionOverError } from '../src/index.ts';
import { guardHandlers } from '../src/live-events.ts';
import { ANN, CHAT, type Fixture, startFixture } from './live-fixture.ts';
import { NOTHING_NEW } from './live-server.ts';

/** Connects, and notes the states. */
async function watch(fixture: Fixture, options: Parameters<Fixture['connect']>[0] = {}) {
  const states: LiveState[] = [];
  const on = { state: (state: LiveState) => states.push(state), ...options.on };
  const live = await fixture.connect({ ...options, on });
  return { live, states };
}

const handshakes = ({ server }: Fixture) => server.requests.filter((path) => path.startsWith('/messenger/ws'));

function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.catch((error: unknown) => error);
}

test('it says how it stands', async () => {
  const fixture = await startFixture();
  fixture.server.handshakes('open', 503, 'open');
  const { live, states } = await watch(fixture);
  (await fixture.server.nextSocket()).cut();
  await fixture.server.nextSocket();
  await vi.waitFor(() => expect(states).toEqual(['open', 'offline', 'connecting', 'offline', 'connecting', 'open']));
  live.close();
  expect(states.at(-1)).toBe('closed');
  expect(live.state).toBe('closed');
});

test('the handshake carries the session, and may go elsewhere', async () => {
  const fixture = await startFixture();
  const socketUrl = `${fixture.server.url}/prod?stage=1`;
  const live = await fixture.connect({ socketUrl });
  await fixture.server.nextSocket();
  expect(fixture.server.requests).toContain('/prod?stage=1&token=session+1');
  live.close();
});

test('what cannot be is told at once', async () => {
  const fixture = await startFixture();
  for (const socketUrl of ['nowhere', 'ftp://127.0.0.1', 'wss:', `${fixture.server.url}#token`])
    await expect(fixture.connect({ socketUrl })).rejects.toThrow(
      `socketUrl: got "${socketUrl}" for a socket; it takes`,
    );
  const client = new MessengerClient({ baseUrl: `${fixture.server.url}#v1` });
  await expect(client.connect({ userId: ANN, on: {} })).rejects.toThrow(
    `baseUrl: got "${client.baseUrl}/messenger/ws"`,
  );
  vi.stubGlobal('WebSocket', undefined);
  onTestFinished(() => void vi.unstubAllGlobals());
  await expect(fixture.connect()).rejects.toThrow('there is no global WebSocket here');
  expect(fixture.server.requests).toEqual([]);
});

/** One that is never open. */
class StillSocket {
  addEventListener(): void {}
  send(): void {}
  close(): void {}
}

test('http and https are taken for ws and wss', async () => {
  const urls: string[] = [];
  class NotingSocket extends StillSocket {
    constructor(url: string) {
      super();
      urls.push(url);
    }
  }
  const fixture = await startFixture();
  for (const scheme of ['http', 'https', 'ws', 'wss'])
    await fixture.connect({ socketUrl: `${scheme}://127.0.0.1/prod`, WebSocket: NotingSocket });
  expect(urls.map((url) => new URL(url).protocol)).toEqual(['ws:', 'wss:', 'ws:', 'wss:']);
});

test('what the runtime has against the URL is thrown to whoever connects', async () => {
  const fixture = await startFixture();
  class RefusingSocket extends StillSocket {
    constructor() {
      super();
      throw new DOMException('an insecure socket may not be opened by a secure page', 'SecurityError');
    }
  }
  const states: LiveState[] = [];
  const on = { state: (state: LiveState) => states.push(state) };
  await expect(fixture.connect({ WebSocket: RefusingSocket, on })).rejects.toThrow('may not be opened');
  expect(states).toEqual(['closed']);
});

test('a socket that the other side has left is found by its missing pong', async () => {
  const fixture = await startFixture();
  await fixture.connect({ pingAfterMs: 100, timeoutMs: 100 });
  const socket = await fixture.server.nextSocket();
  await socket.next('ping');
  await fixture.server.nextSocket();
  expect(handshakes(fixture)).toHaveLength(2);
});

test('a socket with pongs is kept', async () => {
  const fixture = await startFixture();
  await fixture.connect({ pingAfterMs: 50, timeoutMs: 150 });
  const socket = await fixture.server.nextSocket();
  for (let count = 0; count < 5; count++) {
    await socket.next('ping');
    socket.send('pong', {});
  }
  expect(handshakes(fixture)).toHaveLength(1);
});

test('no ping is sent while something comes', async () => {
  const fixture = await startFixture();
  await fixture.connect({ pingAfterMs: 300 });
  const socket = await fixture.server.nextSocket();
  for (let count = 0; count < 10; count++) {
    socket.send('latest', { chat_id: CHAT, seq: 0 });
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  expect(socket.received).toEqual([]);
});

test('a handshake that is not answered is given up', async () => {
  const fixture = await startFixture();
  fixture.server.handshakes('silence');
  await fixture.connect({ timeoutMs: 100 });
  await fixture.server.nextSocket();
  expect(handshakes(fixture)).toHaveLength(2);
});

describe('a session that is over', () => {
  test('ends the connection, and what waits', async () => {
    const fixture = await startFixture();
    const { live, states } = await watch(fixture, { on: { ended: ({ name }) => fixture.told.push(`ended ${name}`) } });
    const socket = await fixture.server.nextSocket();
    const sends = [thrownBy(live.send(CHAT, 'one')), thrownBy(live.send(CHAT, 'two'))];
    await socket.nextMessage();
    // Those of the beginning and of the first socket.
    await vi.waitFor(() =>
      expect(fixture.server.requests.filter((path) => path.startsWith('/v1/sync'))).toHaveLength(2),
    );
    fixture.server.put('/v1/sync', 401);
    fixture.server.handshakes(...Array.from({ length: 20 }, () => 401));
    socket.send('error', { code: 401, message: 'the session is over' });
    const [sent, waiting] = await Promise.all(sends);
    expect(sent).toBeInstanceOf(NoAnswerError);
    expect(sent).toMatchObject({ cause: expect.any(SessionOverError) });
    expect(waiting).toBeInstanceOf(SessionOverError);
    expect(fixture.told).toEqual(['ended SessionOverError']);
    expect(states.at(-1)).toBe('closed');
    await expect(live.send(CHAT, 'three')).rejects.toBeInstanceOf(SessionOverError);
  });

  test('is told at once when it is over in the beginning', async () => {
    const fixture = await startFixture();
    fixture.server.put('/v1/sync', 401);
    await expect(fixture.connect()).rejects.toBeInstanceOf(SessionOverError);
    expect(handshakes(fixture)).toEqual([]);
  });

  test('is followed by another one, in which the messages are sent', async () => {
    const fixture = await startFixture();
    const renewSession = vi.fn<() => Promise<void>>(async () => {
      fixture.client.sessionId = 'session 2';
    });
    const live = await fixture.connect({ renewSession });
    const socket = await fixture.server.nextSocket();
    const send = live.send(CHAT, 'one');
    const first = await socket.nextMessage();
    fixture.server.put('/v1/sync', 401, NOTHING_NEW);
    fixture.server.handshakes(401);
    socket.send('error', { code: 401, message: 'the session is over' });
    const next = await fixture.server.nextSocket();
    expect(await next.nextMessage()).toEqual(first);
    next.send('ack', { client_id: first.client_id, seq: 1 });
    expect(await send).toBe(1);
    expect(renewSession).toHaveBeenCalledTimes(1);
    expect(handshakes(fixture).at(-1)).toBe('/messenger/ws?token=session+2');
  });

  test('is not over as long as another one may be had later', async () => {
    const fixture = await startFixture();
    let attempts = 0;
    const renewSession = async () => {
      if (++attempts === 1) throw new NoAnswerError('POST /v1/auth/login was not answered');
    };
    await fixture.connect({ renewSession });
    const socket = await fixture.server.nextSocket();
    fixture.server.put('/v1/sync', 401, 401, NOTHING_NEW);
    fixture.server.handshakes(401);
    socket.cut();
    await fixture.server.nextSocket();
    await vi.waitFor(() => expect(attempts).toBe(2), { timeout: 5_000 });
  });
});

test('what a handler throws is an uncaught error, and ends nothing else', () => {
  const uncaught: unknown[] = [];
  vi.spyOn(globalThis, 'queueMicrotask').mockImplementation((callback) => {
    try {
      callback();
    } catch (error) {
      uncaught.push(error);
    }
  });
  const error = new Error('a mistake of the application');
  const tell = guardHandlers({
    left: () => {
      throw error;
    },
  });
  tell.left(CHAT);
  expect(uncaught).toEqual([error]);
});

async function answerNothingNew(request: Request): Promise<Response> {
  return Response.json(new URL(request.url).pathname === '/v1/sync' ? NOTHING_NEW : { chats: [] });
}

/**
 * Handshakes fail at once, unless `holdMs` says for how long a socket stays open.
 * @returns the times between the first attempts, in seconds
 */
async function connectFor(totalMs: number, holdMs: () => number): Promise<number[]> {
  const attempts: number[] = [];
  class FailingSocket {
    addEventListener(type: string, listener: (event: { data: unknown }) => void): void {
      if (type === 'close') this.#hold(() => listener({ data: undefined }));
      if (type === 'open') this.#onOpen = () => listener({ data: undefined });
    }
    #onOpen = () => {};
    #hold(onClose: () => void): void {
      attempts.push(Date.now());
      const ms = holdMs();
      if (ms > 0) setTimeout(this.#onOpen, 0);
      setTimeout(onClose, ms);
    }
    send(): void {}
    close(): void {}
  }
  const client = new MessengerClient({ baseUrl: 'http://messenger', fetch: answerNothingNew });
  const live = await client.connect({ userId: ANN, on: {}, WebSocket: FailingSocket });
  await vi.advanceTimersByTimeAsync(totalMs);
  live.close();
  return attempts.slice(1).map((time, index) => Math.round((time - attempts[index]!) / 100) / 10);
}

describe('between attempts', () => {
  afterEach(() => vi.useRealTimers());

  test.each([
    [0.000_001, [0, 0, 0, 0]],
    [0.5, [0.3, 0.5, 1, 2, 4, 8, 15, 15]],
    [0.999_999, [0.5, 1, 2, 4, 8, 16, 30, 30]],
  ])('waits are random, grow and have a limit: %s of the longest', async (random, waits) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    vi.spyOn(Math, 'random').mockReturnValue(random);
    expect((await connectFor(random < 0.1 ? 10 : 300_000, () => 0)).slice(0, waits.length)).toEqual(waits);
  });

  test('they begin anew after a socket that held', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    vi.spyOn(Math, 'random').mockReturnValue(0.999_999);
    const holds = [0, 0, 0, 20_000, 0, 0, 1_000, 0, 0];
    expect((await connectFor(300_000, () => holds.shift() ?? 0)).slice(0, 8)).toEqual([0.5, 1, 2, 20.5, 0.5, 1, 3, 4]);
  });
});
