/** The tools look for the engine where its own settings put it. */
import { expect, test } from 'vitest';
import { defaultApiUrl, defaultApiUrls, defaultAwsEndpoint } from './engine-defaults.ts';

test.each([
  [{}, 'http://127.0.0.1:8081', 'http://127.0.0.1:8081'],
  [{ API_PORT: '' }, 'http://127.0.0.1:8081', 'http://127.0.0.1:8081'],
  [{ API_PORT: '9001, 9002' }, 'http://127.0.0.1:9001,http://127.0.0.1:9002', 'http://127.0.0.1:9001'],
])('with %j the API is looked for at %s, or first %s', (environment, all, first) => {
  expect(defaultApiUrls(environment)).toBe(all);
  expect(defaultApiUrl(environment)).toBe(first);
});

test('AWS is looked for at AWS_ENDPOINT_URL or AWS_PORT', () => {
  expect(defaultAwsEndpoint({})).toBe('http://127.0.0.1:4566');
  expect(defaultAwsEndpoint({ AWS_PORT: '4600' })).toBe('http://127.0.0.1:4600');
  expect(defaultAwsEndpoint({ AWS_PORT: '4600', AWS_ENDPOINT_URL: 'http://127.0.0.1:4700' })).toBe(
    'http://127.0.0.1:4700',
  );
});

test.each(['http', '0', '8081,', '70000'])('the port "%s" is refused', (port) => {
  const problem = `got "${port}"; here it takes ports from 1 to 65535`;
  expect(() => defaultApiUrls({ API_PORT: port })).toThrow(`API_PORT: ${problem}`);
  expect(() => defaultAwsEndpoint({ AWS_PORT: port })).toThrow(`AWS_PORT: ${problem}`);
});

test('AWS has one port', () => {
  expect(() => defaultAwsEndpoint({ AWS_PORT: '1,2' })).toThrow('AWS_PORT: got "1,2"; it takes one port');
});
