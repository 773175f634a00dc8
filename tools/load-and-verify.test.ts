/** Load and verify as a user runs them, against a writer and a store that keep the promises, and then a store that was changed. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteItemCommand, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runToolProcess, type ToolRun } from './test-support/run-tool-process.ts';
import { type SmallMessenger, startSmallMessenger } from './test-support/small-messenger.ts';

const MESSAGES = 400;

let messenger: SmallMessenger;
let responses: string;
let loaded: ToolRun;

beforeAll(async () => {
  messenger = await startSmallMessenger();
  responses = join(messenger.folder, 'responses.json');
  const options = ['--url', messenger.url, '--messages', `${MESSAGES}`, '--connections', '20', '--senders', '7'];
  loaded = await runToolProcess('load', [...options, '--responses', responses]);
}, 30_000);
afterAll(() => messenger.stop());

function verify(file = responses): Promise<ToolRun> {
  const { url, awsEndpoint } = messenger;
  return runToolProcess('verify', ['--url', url, '--endpoint', awsEndpoint, '--responses', file]);
}

async function readFirstRun() {
  const { Items = [] } = await messenger.client.send(
    new QueryCommand({
      TableName: messenger.table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'history#open-stream' } },
      Limit: 1,
    }),
  );
  return Items[0]!;
}

test('load gets a right answer to every message', () => {
  expect(loaded.stdout).toMatch(/right answers +400\n/);
  expect(loaded.exitCode).toBe(0);
});

test('the table holds both a history and a head', async () => {
  const { Item } = await messenger.client.send(
    new GetItemCommand({ TableName: messenger.table, Key: { pk: { S: 'chat#open-stream' }, sk: { S: 'head' } } }),
  );
  expect(Item?.['seq']?.N).toBe(`${MESSAGES}`);
  expect((await readFirstRun())['first']?.N).toBe('1');
});

test('verify finds nothing wrong and says what it checked', async () => {
  const { exitCode, stdout } = await verify();
  expect(stdout).toContain(`400 answers of ${responses}`);
  expect(stdout).toMatch(/400 messages of the store \(\d+ in history, \d+ in the head\): ids 1 to 400 without a gap/);
  expect(stdout).toContain('7 senders');
  expect(stdout).toContain('No violations.');
  expect(exitCode).toBe(0);
});

/** The same answers in another layout, perhaps changed. */
async function rewrite(name: string, spaces: number, change = (text: string) => text): Promise<string> {
  const file = join(messenger.folder, name);
  const answers: unknown = JSON.parse(await readFile(responses, 'utf8'));
  await writeFile(file, change(JSON.stringify(answers, undefined, spaces)));
  return file;
}

test.each([
  ['on one line', 0],
  ['pretty-printed', 2],
])('verify reads answers %s', async (name, spaces) => {
  const { exitCode, stdout } = await verify(await rewrite(`${name}.json`, spaces));
  expect(stdout).toContain('400 answers');
  expect(stdout).toContain('No violations.');
  expect(exitCode).toBe(0);
});

test('verify finds an answer that was changed', async () => {
  const changed = join(messenger.folder, 'changed.json');
  await writeFile(changed, (await readFile(responses, 'utf8')).replace('"sender-3"', '"sender-4"'));
  const { exitCode, stdout } = await verify(changed);
  expect(stdout).toContain('VIOLATION');
  expect(exitCode).toBe(1);
});

test('verify finds an answer that was changed in a file of one line', async () => {
  const changed = await rewrite('changed-line.json', 0, (text) => text.replace('"sender-3"', '"sender-4"'));
  const { exitCode, stdout } = await verify(changed);
  expect(stdout).toMatch(/VIOLATION .*answer \d+/);
  expect(exitCode).toBe(1);
});

describe('verify on a store that lost its first run', () => {
  beforeAll(async () => {
    const run = await readFirstRun();
    await messenger.client.send(
      new DeleteItemCommand({ TableName: messenger.table, Key: { pk: run['pk']!, sk: run['sk']! } }),
    );
    return async () => {
      await messenger.client.send(new PutItemCommand({ TableName: messenger.table, Item: run }));
    };
  });

  test('names the gap and the messages that are gone, the first 20 of them', async () => {
    const { exitCode, stdout } = await verify();
    expect(stdout).toContain('VIOLATION gap in the store: id ');
    expect(stdout).toContain('VIOLATION wrong ordinal: ');
    expect(stdout).toMatch(/\d+ violations, of which 20 are shown: gap in the store 1, .*not in the store \d+/);
    expect(exitCode).toBe(1);
  });
});

describe('verify that cannot check', () => {
  test('says that there are no answers', async () => {
    const { exitCode, stderr } = await verify('/nowhere/responses.json');
    expect(stderr).toContain('There is no file /nowhere/responses.json: npm run load writes it');
    expect(exitCode).toBe(2);
  });

  test('says that the file of answers was cut off', async () => {
    const cut = join(messenger.folder, 'cut.json');
    await writeFile(cut, (await readFile(responses, 'utf8')).slice(0, -30));
    const { exitCode, stdout, stderr } = await verify(cut);
    expect(stderr).toContain(`${cut} was cut off: it ends in the middle of its JSON array, after 399 whole answers`);
    expect(stdout).not.toContain('No violations');
    expect(exitCode).toBe(2);
  });

  test('says that no engine answers', async () => {
    const unused = ['--endpoint', 'http://127.0.0.1:9'];
    const { exitCode, stderr } = await runToolProcess('verify', [
      '--url',
      messenger.url,
      '--responses',
      responses,
      ...unused,
    ]);
    expect(stderr).toContain(
      'No engine answers at http://127.0.0.1:9/: start one with npm start, or say where it is with --endpoint',
    );
    expect(exitCode).toBe(2);
  });
});

describe('load', () => {
  test('completes the file and tells of its failure when it is interrupted', async () => {
    const file = join(messenger.folder, 'interrupted.json');
    const options = ['--url', messenger.url, '--messages', '999999', '--connections', '5', '--responses', file];
    const { exitCode, stdout } = await runToolProcess('load', options, (child) => {
      // The first line of progress comes before the first message.
      child.stderr?.once('data', () => setTimeout(() => child.kill('SIGINT'), 300));
    });
    const saved: unknown = JSON.parse(await readFile(file, 'utf8'));
    expect(stdout).toMatch(/sent +\d+ of 999999\n/);
    expect(saved).toHaveLength(Number(/right answers +(\d+)/.exec(stdout)?.[1]));
    expect(exitCode).toBe(1);
  });

  test('leaves the old answers alone when no API answers', async () => {
    const file = join(messenger.folder, 'old.json');
    await writeFile(file, 'old answers');
    const urls = `${messenger.url},http://127.0.0.1:9`;
    const { exitCode, stderr } = await runToolProcess('load', ['--url', urls, '--responses', file]);
    expect(stderr).toBe(
      'No API answers at http://127.0.0.1:9/: start one with npm start (API_PORT=8081,8082 npm start for two ports), or say where it is with --url\n',
    );
    expect(await readFile(file, 'utf8')).toBe('old answers');
    expect(exitCode).toBe(2);
  });

  test('explains itself', async () => {
    const { exitCode, stdout } = await runToolProcess('load', ['--help']);
    expect(stdout).toContain('Usage: npm run load');
    expect(exitCode).toBe(0);
  });
});
