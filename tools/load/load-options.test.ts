/** Wrong options are named together with what they take. */
import { expect, test } from 'vitest';
import { LOAD_HELP, readLoadOptions } from './load-options.ts';

test('everything has a default', () => {
  const options = readLoadOptions([], {});
  expect(options).toMatchObject({ messages: 1_000, connections: 100, responses: 'responses.json', timeoutMs: 60_000 });
  expect(options?.urls.map(({ origin }) => origin)).toEqual(['http://127.0.0.1:8081']);
});

test('without a URL, all ports of the engine are used', () => {
  const options = readLoadOptions([], { API_PORT: '9001,9002' });
  expect(options?.urls.map(({ href }) => href)).toEqual(['http://127.0.0.1:9001/', 'http://127.0.0.1:9002/']);
});

test('several URLs are separated by commas', () => {
  const options = readLoadOptions(['--url', 'http://127.0.0.1:8081, http://127.0.0.1:8082/prod']);
  expect(options?.urls.map(({ href }) => href)).toEqual(['http://127.0.0.1:8081/', 'http://127.0.0.1:8082/prod']);
});

test('help is asked for by its option, and names every other', () => {
  expect(readLoadOptions(['--help'])).toBeUndefined();
  for (const option of ['url', 'messages', 'connections', 'senders', 'text-length', 'keys', 'responses', 'timeout'])
    expect(LOAD_HELP).toContain(`--${option} `);
});

test.each([
  [['--messages', '5k'], '--messages: got "5k"; it takes a whole number from 1 to 999999999'],
  [['--connections', '0'], '--connections: got "0"'],
  [['--text-length', '10'], '--text-length: got "10"; it takes a whole number from 24 to 4096'],
  [['--url', '127.0.0.1:8081'], '--url: got "127.0.0.1:8081"; it takes a URL'],
  [['--url', 'http://a,http://b', '--connections', '1'], '--connections: got 1 for 2 URLs'],
  [['--mesages', '5'], "Unknown option '--mesages'"],
])('%j is refused', (args, message) => {
  expect(() => readLoadOptions(args)).toThrow(message);
});
