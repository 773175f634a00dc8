/** Settings of WebSocket APIs. */
import { expect, test } from 'vitest';
import { readSettings } from './engine-settings.ts';

test('WebSocket APIs have no path and the times of AWS by default', () => {
  const webSocket = { path: undefined, idleSeconds: 600, lifetimeSeconds: 7_200 };
  expect(readSettings([], {})).toMatchObject({ webSocket });
});

test('a path and other times can be set', () => {
  const environment = { WEBSOCKET_IDLE_SECONDS: '1', WEBSOCKET_LIFETIME_SECONDS: '2' };
  const webSocket = { path: '/chat/ws', idleSeconds: 1, lifetimeSeconds: 2 };
  expect(readSettings(['--websocket', '/chat/ws'], environment)).toMatchObject({ webSocket });
});

test.each(['chat', '/', '/chat/', '/chat?a=b', ''])('"%s" is no path', (path) => {
  expect(() => readSettings(['--websocket', path], {})).toThrow(`--websocket: got "${path}"; it takes a path`);
});

test('an idle time of nothing is refused', () => {
  expect(() => readSettings([], { WEBSOCKET_IDLE_SECONDS: '0' })).toThrow('WEBSOCKET_IDLE_SECONDS: got "0"');
});
