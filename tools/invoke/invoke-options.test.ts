/** Without an endpoint, the engine is looked for where its settings put it. */
import { expect, test } from 'vitest';
import { readInvokeOptions } from './invoke-options.ts';

test.each([
  [[], 'http://127.0.0.1:4600/'],
  [['--endpoint', 'http://127.0.0.1:4700'], 'http://127.0.0.1:4700/'],
])('with AWS_PORT=4600 and %j a function is invoked at %s', (options, endpoint) => {
  const args = ['send-message', 'event.json', ...options];
  expect(readInvokeOptions(args, { AWS_PORT: '4600' })?.endpoint).toBe(endpoint);
});
