/** The requests of a load are right ones, differ from each other, and are the same in each run. */
import { expect, test } from 'vitest';
import { sendMessageRequest } from '../../shared/contract/open-stream.ts';
import { makeRequests } from './make-requests.ts';

const SCENARIO = { connections: 2, chats: 100, keys: 'each' } as const;

test('every body fits the contract, with a text of 50 to 100 characters', () => {
  for (const { body } of makeRequests(SCENARIO, 0)) {
    const { text } = sendMessageRequest.parse(JSON.parse(String(body)));
    expect(text.length).toBeGreaterThanOrEqual(50);
    expect(text.length).toBeLessThanOrEqual(100);
  }
});

test('senders, texts and chats vary', () => {
  const requests = makeRequests(SCENARIO, 0);
  const messages = requests.map(({ body }) => sendMessageRequest.parse(JSON.parse(String(body))));
  expect(new Set(messages.map(({ sender }) => sender)).size).toBeGreaterThan(50);
  expect(new Set(messages.map(({ text }) => text)).size).toBe(requests.length);
  expect(new Set(requests.map(({ path }) => path)).size).toBeGreaterThan(50);
});

test('two connections send different requests, and each the same ones every time', () => {
  expect(makeRequests(SCENARIO, 1)).toEqual(makeRequests(SCENARIO, 1));
  expect(makeRequests(SCENARIO, 1)).not.toEqual(makeRequests(SCENARIO, 0));
});

test('one chat is the open stream, and without keys there is no header for them', () => {
  const [request] = makeRequests({ connections: 1, chats: 1, keys: 'none' }, 0);
  expect(request?.path).toBe('/send_message/');
  expect(request?.headers).toEqual({ 'Content-Type': 'application/json' });
});
