/** Frames of what happens. */
import { expect, test } from 'vitest';
import type { NumberedMessage } from '../domain/chat-head.ts';
import { writeLiveEvent } from './write-live-event.ts';

const CHAT = '3f0c6d1e-8a4b-4f2a-9d55-7e1b2c3d4e5f';
const message = (seq: number, text = 'hello'): NumberedMessage => ({
  seq,
  sender: 'ann',
  text,
  createdAt: 0,
  ordinal: 1,
});

test('a message begins with the fields that clients send, in their order', () => {
  const [frame = ''] = writeLiveEvent(CHAT, { kind: 'sent', messages: [message(7)] });
  expect(Object.entries(JSON.parse(frame)).map(([name]) => name)).toEqual(['topic', 'action', 'payload']);
  const { topic, action, payload } = JSON.parse(frame);
  expect({ topic, action }).toEqual({ topic: 'messenger', action: 'send-message' });
  expect(payload).toBe(
    `{"chat_id":"${CHAT}","messages":[{"text":"hello","status":"created","id":"7","create_time":"1970-01-01T00:00:00.000Z","user_id":"ann","chat_id":"${CHAT}","seq":7}]}`,
  );
});

test('messages that are too much for one frame are in several, in order, each below what API Gateway sends', () => {
  // Each of these characters is written as seven.
  const messages = Array.from({ length: 64 }, (_, index) => message(index + 1, '\u0001'.repeat(4_096)));
  const frames = writeLiveEvent(CHAT, { kind: 'sent', messages });
  expect(frames.length).toBeGreaterThan(1);
  for (const frame of frames) expect(Buffer.byteLength(frame)).toBeLessThan(128 * 1024);
  const seqs = frames.flatMap((frame) => {
    const { messages: written }: { messages: { seq: number }[] } = JSON.parse(JSON.parse(frame).payload);
    return written.map(({ seq }) => seq);
  });
  expect(seqs).toEqual(messages.map(({ seq }) => seq));
});

test.each([
  [
    { kind: 'edited', message: { ...message(7), editedAt: 1_000 } },
    'edit-message',
    { messages: [expect.objectContaining({ seq: 7, status: 'created', edit_time: '1970-01-01T00:00:01.000Z' })] },
  ],
  [
    { kind: 'deleted', message: { ...message(7, ''), deletedAt: 1_000 } },
    'delete-message',
    {
      messages: [
        expect.objectContaining({ seq: 7, status: 'deleted', text: '', edit_time: '1970-01-01T00:00:01.000Z' }),
      ],
    },
  ],
  [{ kind: 'read', user: 'bob', seq: 7 }, 'read', { user_id: 'bob', seq: 7 }],
  [{ kind: 'latest', seq: 7 }, 'latest', { seq: 7 }],
  [{ kind: 'typing', user: 'bob' }, 'typing', { user_id: 'bob' }],
  [
    { kind: 'presence', user: 'bob', status: 'away', until: 1_000 },
    'presence',
    { user_id: 'bob', status: 'away', until: '1970-01-01T00:00:01.000Z' },
  ],
] as const)('%j', (event, action, payload) => {
  const [frame = ''] = writeLiveEvent(CHAT, event);
  expect(JSON.parse(frame)).toMatchObject({ topic: 'messenger', action });
  expect(JSON.parse(JSON.parse(frame).payload)).toEqual({ chat_id: CHAT, ...payload });
});
