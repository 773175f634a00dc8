/** A load reads of a frame what it counts, as the contract writes it. */
import { expect, test } from 'vitest';
import { type ServerAction, type ServerPayloads, writeFrame } from '../../../shared/contract/counters/frames.ts';
import { createFrameReader } from './read-frame.ts';

const RUN = '0a1b2c3d';
const read = createFrameReader(RUN);

function frameOf<Action extends ServerAction>(action: Action, payload: ServerPayloads[Action]): Buffer {
  return Buffer.from(writeFrame(action, payload));
}

function messagesOf(action: 'send-message' | 'edit-message', ...texts: string[]): Buffer {
  const common = { status: 'created', id: '1', create_time: '', user_id: 'u', chat_id: 'c', seq: 1 } as const;
  return frameOf(action, { chat_id: 'c', messages: texts.map((text) => ({ text, ...common })) });
}

test('messages are known by the beginnings of their texts, those of other loads are not counted', () => {
  const frame = messagesOf('send-message', `${RUN} 12 hello "you"`, 'ffffffff 13 hello', `${RUN} 7 \u{1f600}`);
  expect(read(frame)).toEqual({ kind: 'messages', indexes: [12, 7] });
});

test('an ack is known by what the message was called', () => {
  expect(read(frameOf('ack', { client_id: `${RUN}-34`, seq: 5 }))).toEqual({ kind: 'ack', index: 34 });
  expect(read(frameOf('ack', { client_id: 'ffffffff-34', seq: 5 }))).toBeUndefined();
});

test('errors are told, those of API Gateway too', () => {
  expect(read(frameOf('error', { client_id: `${RUN}-3`, code: 503, message: 'later' }))).toEqual({
    kind: 'error',
    index: 3,
    what: 'error 503',
  });
  expect(read(frameOf('error', { code: 400, message: 'what?' }))).toMatchObject({ index: undefined });
  const own = '{"message":"Internal server error","connectionId":"a","requestId":"b"}';
  expect(read(Buffer.from(own))).toEqual({ kind: 'error', index: undefined, what: own });
});

test('all else is passed over', () => {
  expect(read(frameOf('latest', { chat_id: 'c', seq: 3 }))).toBeUndefined();
  expect(read(messagesOf('edit-message', `${RUN} 12 hello`))).toBeUndefined();
});
