/** Wrong options are named together with what they take. */
import { expect, test } from 'vitest';
import { CHAT_HELP, readChatOptions } from './chat-options.ts';

test('all but the user has a default', () => {
  expect(readChatOptions(['--user', 'ann'], {})).toEqual({
    url: new URL('http://127.0.0.1:8081'),
    socketUrl: undefined,
    userName: 'ann',
    password: undefined,
    register: false,
    companion: undefined,
    chat: undefined,
    history: 20,
  });
});

test('the password comes from the environment, and never from the command line', () => {
  expect(readChatOptions(['--user', 'ann'], { CHAT_PASSWORD: 'secret' })?.password).toBe('secret');
  expect(() => readChatOptions(['--user', 'ann', '--password', 'secret'])).toThrow("Unknown option '--password'");
});

test('help is asked for by its option, and names every other', () => {
  expect(readChatOptions(['--help'])).toBeUndefined();
  for (const option of ['url', 'socket-url', 'user', 'with', 'chat', 'register', 'history'])
    expect(CHAT_HELP).toContain(`--${option} `);
});

test.each([
  [[], '--user is missing'],
  [['--user', 'ann', '--with', 'bob', '--chat', 'tea'], '--with and --chat: only one'],
  [['--user', 'ann', '--url', 'localhost'], '--url: got "localhost"'],
  [['--user', 'ann', '--socket-url', 'localhost'], '--socket-url: got "localhost"'],
  [['--user', 'ann', '--history', 'all'], '--history: got "all"; it takes a whole number from 1 to 1000'],
])('%j is refused', (args, message) => {
  expect(() => readChatOptions(args, {})).toThrow(message);
});
