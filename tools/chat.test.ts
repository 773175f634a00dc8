/** Two chats as users run them, in plain lines, on a real engine. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EngineProcess } from '../tests/support/engine-process.ts';
import { ChatProcess } from './chat/testing/chat-process.ts';

let engine: EngineProcess;
let url = '';
beforeAll(async () => {
  engine = await EngineProcess.start();
  [url = ''] = engine.describe().apiUrls;
}, 60_000);
afterAll(() => engine.discard());

function start(user: string, ...args: readonly string[]): ChatProcess {
  return new ChatProcess(['--url', url, '--user', user, '--register', ...args]);
}

test('two users talk, and see what the other one changes', { timeout: 60_000 }, async () => {
  const bob = start('bob');
  await bob.shows(/there is no chat yet/);
  const ann = start('ann', '--with', 'bob');
  await ann.says('bob: nothing has been said yet');
  bob.type('/with ann');
  await bob.says('- ann: nothing');
  ann.type('hello');
  await bob.shows(/^\d\d:\d\d ann: hello #1$/m);
  bob.type('helo yourself \u001b[31m');
  await ann.shows(/^\d\d:\d\d bob: helo yourself ␛\[31m #2$/m);
  bob.type('/edit 2 hello yourself');
  await ann.shows(/^- bob changed #2: hello yourself$/m);
  bob.type('/delete 2');
  await ann.shows(/^- #2 was deleted$/m);
  ann.type('/who');
  await ann.shows(/● ann {2}you, has read up to #2\n {2}● bob {2}online, has read up to #\d$/m);
  expect(await Promise.all([ann.end(), bob.end()])).toEqual([0, 0]);
});

test('a group is created, left, and found in the list', { timeout: 60_000 }, async () => {
  const eve = start('eve');
  await eve.shows(/there is no chat yet/);
  const dan = start('dan');
  for (const line of ['/group tea', '/add eve', 'for you all', '/chats']) dan.type(line);
  await dan.shows(/^> {2}1 {2}tea, group/m);
  eve.type('/open tea');
  await eve.shows(/dan: for you all #1$/m);
  eve.type('/leave');
  await eve.says('you are not in tea any more');
  eve.type('anybody?');
  await eve.says('no chat is open');
  expect(await Promise.all([dan.end(), eve.end()])).toEqual([0, 1]);
});

test('all that stands in the input is sent before it ends', { timeout: 60_000 }, async () => {
  const sender = start('sam', '--with', 'bob');
  for (let index = 1; index <= 20; index++) sender.type(`line ${index}`);
  expect(await sender.end()).toBe(0);
  const reader = start('sam', '--with', 'bob', '--history', '3');
  expect(await reader.end()).toBe(0);
  expect(reader.stdout).toMatch(/^-- .+ --\n.+ line 18 #18 ✓\n.+ line 19 #19 ✓\n.+ line 20 #20 ✓\n$/);
});

test('Ctrl-C quits', { timeout: 60_000 }, async () => {
  const ann = start('ann');
  await ann.shows(/./);
  ann.interrupt();
  expect(await ann.ended()).toBe(0);
});

describe('it says what is wrong', () => {
  test.each<[string, () => ChatProcess, string]>([
    [
      'a wrong password',
      () => new ChatProcess(['--url', url, '--user', 'bob'], { CHAT_PASSWORD: 'x' }),
      'has another password',
    ],
    [
      'no terminal to ask at',
      () => new ChatProcess(['--url', url, '--user', 'bob'], { CHAT_PASSWORD: '' }),
      'set CHAT_PASSWORD',
    ],
    [
      'nobody of that name',
      () => start('ann', '--with', 'nobody'),
      'nobody is registered as "nobody": check the name, or register it with',
    ],
    ['no chat of that name', () => start('ann', '--chat', 'coffee'), 'there is no chat "coffee"'],
    ['no engine', () => new ChatProcess(['--url', 'http://127.0.0.1:9', '--user', 'a']), 'start one with npm start'],
    ['no user', () => new ChatProcess([]), '--user is missing'],
  ])('%s', { timeout: 60_000 }, async (_, run, message) => {
    const chat = run();
    expect(await chat.ended()).toBe(2);
    expect(chat.stderr).toContain(message);
  });

  test('--help explains it', async () => {
    const chat = new ChatProcess(['--help']);
    expect(await chat.ended()).toBe(0);
    expect(chat.stdout).toContain('Usage: npm run chat');
  });
});
