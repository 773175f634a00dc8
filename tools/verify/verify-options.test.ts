/** Where the store is follows from where the service is, or must be said. */
import { expect, test } from 'vitest';
import { readVerifyOptions } from './verify-options.ts';

test.each([
  [[], 'http://127.0.0.1:4566'],
  [['--url', 'http://localhost:9000'], 'http://127.0.0.1:4566'],
  [['--endpoint', 'http://127.0.0.1:4567'], 'http://127.0.0.1:4567/'],
  [['--url', 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/prod', '--aws'], undefined],
])('%j reads the store at %s', (args, awsEndpoint) => {
  expect(readVerifyOptions(args, {})?.awsEndpoint).toBe(awsEndpoint);
});

test("the engine's settings say where to look", () => {
  const options = readVerifyOptions([], { API_PORT: '9001,9002', AWS_PORT: '4600' });
  expect(options?.urls.map(({ href }) => href)).toEqual(['http://127.0.0.1:9001/']);
  expect(options?.awsEndpoint).toBe('http://127.0.0.1:4600');
});

test.each([
  [['--url', 'https://example.com'], 'say with --aws or --endpoint'],
  [['--aws', '--endpoint', 'http://127.0.0.1:4566'], 'exclude each other'],
])('%j is refused', (args, message) => {
  expect(() => readVerifyOptions(args)).toThrow(message);
});
