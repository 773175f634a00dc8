/** URLs of APIs in the outputs of a stack. */
import { expect, test } from 'vitest';
import { listApiUrls, localizeApiUrls } from './rest-api-urls.ts';

const ENDPOINT = 'http://127.0.0.1:4566';

test.each([
  ['https://a1b2.execute-api.us-east-1.amazonaws.com/prod/'],
  ['https://a1b2.execute-api.localhost.localstack.cloud:4566/prod/'],
  ['http://a1b2.execute-api.localhost:4566/prod/'],
])('%s becomes the URL that answers on this machine', (url) => {
  expect(localizeApiUrls(`curl ${url}send/ -d '{}'`, ENDPOINT)).toBe(
    "curl http://127.0.0.1:4566/_aws/execute-api/a1b2/prod/send/ -d '{}'",
  );
});

test.each(['wss://e5f6.execute-api.us-east-1.amazonaws.com/prod', 'ws://e5f6.execute-api.localhost:4566/prod'])(
  '%s becomes the URL at which clients connect on this machine',
  (url) => {
    expect(localizeApiUrls(url, ENDPOINT)).toBe('ws://127.0.0.1:4566/_aws/execute-api/e5f6/prod');
  },
);

test('each REST API is listed once, whatever names it', () => {
  const texts = [
    'https://a1b2.execute-api.us-east-1.amazonaws.com/prod/',
    'curl https://a1b2.execute-api.us-east-1.amazonaws.com/prod/send/',
    'https://c3d4.execute-api.us-east-1.amazonaws.com/test',
    'http://127.0.0.1:4566/000000000000/a-queue',
    'wss://e5f6.execute-api.us-east-1.amazonaws.com/prod',
  ];
  expect(listApiUrls(texts, ENDPOINT)).toEqual([
    'http://127.0.0.1:4566/_aws/execute-api/a1b2/prod',
    'http://127.0.0.1:4566/_aws/execute-api/c3d4/test',
  ]);
});
