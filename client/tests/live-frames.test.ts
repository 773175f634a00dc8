/** Frames as the contract has them, and what comes instead. */
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  frame,
  payloads,
  type ServerPayloads,
  writeFrame as writeServerFrame,
} from '../../shared/contract/counters/frames.ts';
import { readFrame, type ServerPayloads as KnownPayloads, writeFrame } from '../src/live-frames.ts';
import { BOB, CHAT, frameMessages } from './live-fixture.ts';

test('what comes has the types of the contract', () => {
  const text = writeServerFrame('pong', {});
  expect(readFrame(text)).toBeDefined();
  expectTypeOf<KnownPayloads>().toEqualTypeOf<ServerPayloads>();
});

const client_id = '1f6c9f0e-4f62-4c1c-a7c9-0c3f2b1f9d55';

test.each([
  [
    writeFrame('send-message', { chat_id: CHAT, messages: [{ text: 'hello', status: 'created' }], client_id }),
    'send-message',
    payloads.sendMessage,
  ],
  [writeFrame('typing', { chat_id: CHAT }), 'typing', payloads.typing],
  [writeFrame('presence', { chat_id: CHAT, status: 'away' }), 'presence', payloads.presence],
  [writeFrame('ping', {}), 'ping', payloads.ping],
])('what is sent is as the contract has it: %s', (text, action, schema) => {
  const sent = frame.parse(JSON.parse(text));
  expect(sent.action).toBe(action);
  const payload: unknown = JSON.parse(sent.payload);
  expect(schema.parse(payload)).toEqual(payload);
});

test.each<[keyof ServerPayloads, ServerPayloads[keyof ServerPayloads]]>([
  ['send-message', frameMessages(1)],
  ['edit-message', frameMessages(1)],
  ['delete-message', frameMessages(1)],
  ['read', { chat_id: CHAT, user_id: BOB, seq: 1 }],
  ['latest', { chat_id: CHAT, seq: 1 }],
  ['typing', { chat_id: CHAT, user_id: BOB }],
  ['presence', { chat_id: CHAT, user_id: BOB, status: 'online', until: '2026-01-01T00:00:00.000Z' }],
  ['pong', {}],
  ['ack', { client_id: 'c', seq: 1 }],
  ['error', { code: 404, message: 'there is no such chat' }],
])('%s is read', (action, payload) => {
  expect(readFrame(writeServerFrame(action, payload))).toEqual({ action, payload });
});

const write = (action: unknown, payload: unknown) => JSON.stringify({ topic: 'messenger', action, payload });

describe('what is no frame', () => {
  test.each([
    ['no text', new Uint8Array(1)],
    ['no JSON', '{'],
    ['no object', 'null'],
    ['another topic', JSON.stringify({ topic: 'weather', action: 'typing', payload: '{}' })],
    ['an action of a later version', write('reaction', '{}')],
    ['one that every object has', write('toString', '{}')],
    ['a payload that is no text', write('pong', {})],
    ['a payload without its fields', write('latest', '{"chat_id":"c"}')],
    ['a payload that is no object', write('pong', '1')],
  ])('is passed over: %s', (_, data) => {
    expect(readFrame(data)).toBeUndefined();
  });

  test('may be an answer of API Gateway', () => {
    const data = '{"message":"Internal server error","connectionId":"c","requestId":"r"}';
    expect(readFrame(data)).toEqual({ action: 'not handled' });
  });
});
