/** The outputs of a stack with the URLs of this machine. */
import { expect, test } from 'vitest';
import { defineApi as defineRestApi } from './api-gateway/testing/test-api.ts';
import { localizeOutputs } from './localize-outputs.ts';
import { defineApi as defineWebSocketApi } from './websocket-api/testing/test-websocket-api.ts';

const API = 'http://127.0.0.1:8081';
const AWS = 'http://127.0.0.1:4566';
const STACK = {
  outputs: {
    Example: 'curl https://abc123.execute-api.eu-central-1.amazonaws.com/prod/orders',
    First: 'wss://ws1.execute-api.eu-central-1.amazonaws.com/live',
    Second: 'wss://ws2.execute-api.eu-central-1.amazonaws.com/live?token=',
    Other: 'text',
  },
  restApis: [{ definition: defineRestApi(), accessLog: undefined }],
  webSocketApis: ['ws1', 'ws2'].map((apiId) => ({
    definition: defineWebSocketApi({ apiId, stageName: 'live' }),
    accessLog: undefined,
  })),
};

test('the first APIs are on the API port, other WebSocket APIs on the AWS endpoint', () => {
  const urls = { api: API, awsEndpoint: AWS, webSocketApi: 'ws://127.0.0.1:8081/ws' };

  expect(localizeOutputs(STACK, urls)).toEqual({
    Example: 'curl http://127.0.0.1:8081/orders',
    First: 'ws://127.0.0.1:8081/ws',
    Second: 'ws://127.0.0.1:4566/_aws/execute-api/ws2/live?token=',
    Other: 'text',
  });
});

test('without a path on the API port WebSocket APIs are on the AWS endpoint', () => {
  const { First } = localizeOutputs(STACK, { api: API, awsEndpoint: AWS, webSocketApi: undefined });

  expect(First).toBe('ws://127.0.0.1:4566/_aws/execute-api/ws1/live');
});
