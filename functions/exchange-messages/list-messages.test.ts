/** Pages of messages that are too much for one answer. */
import { beforeAll, describe, expect, test } from 'vitest';
import { FIRST_EPOCH } from '../../shared/domain/chat-head.ts';
import { ChatReader } from '../../shared/domain/chat-reader.ts';
import { ChatWriter } from '../../shared/domain/chat-writer.ts';
import { NO_LIVE_FEED } from '../../shared/domain/live-events.ts';
import { connect, FaultyNetwork } from '../../tests/support/faulty-network.ts';
import { SimulatedChatStore } from '../../tests/support/simulated-chat-store.ts';
import { SimulatedInbox } from '../../tests/support/simulated-inbox.ts';
import { listDirectMessages } from './list-direct-messages.ts';
import { listMessages } from './list-messages.ts';
import type { MessagePorts } from './message-ports.ts';
import type { Place } from './page-range.ts';

const MESSAGES = 500;

/** A chat of Ann and Bob, to which Ann has sent. */
async function fillChat(texts: readonly string[]): Promise<MessagePorts> {
  const network = new FaultyNetwork({ yield: () => Promise.resolve(), nextFault: () => undefined });
  const ports = { store: new SimulatedChatStore(), inbox: new SimulatedInbox(), signals: [] };
  const { store, inbox, activity } = connect(network, 'environment', ports, () => {});
  const members = ['ann', 'bob'];
  for (const member of members) await inbox.add(member, 'chat', FIRST_EPOCH);
  await store.createChat('chat', { kind: 'group', name: 'chat', createdAt: 0, owner: 'ann', members });
  const writer = new ChatWriter('chat', { store, activity });
  for (const text of texts) await writer.send({ sender: 'ann', text });
  return { chats: store, inbox, reader: new ChatReader(store), live: NO_LIVE_FEED };
}

let stores: MessagePorts;

beforeAll(async () => {
  stores = await fillChat(Array.from({ length: MESSAGES }, () => '"'.repeat(4_096)));
});

const list = (place: Place) => listMessages(stores, { user: 'bob', chatId: 'chat', place, count: 1_000 });

describe('listMessages', () => {
  test('forwards, a page ends early, and the next one goes on where it ended', async () => {
    const first = await list({ kind: 'from', seq: 1 });
    expect(first.messages.length).toBeLessThan(MESSAGES);
    const second = await list({ kind: 'from', seq: first.next ?? 0 });
    const seqs = [...first.messages, ...second.messages].map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: MESSAGES }, (_, index) => index + 1));
    expect(second.next).toBeUndefined();
  });

  test('backwards, a page begins late, and the one before it ends there', async () => {
    const last = await list({ kind: 'before', seq: MESSAGES + 1 });
    expect(last.messages.length).toBeLessThan(MESSAGES);
    const before = await list({ kind: 'before', seq: last.previous ?? 0 });
    const seqs = [...before.messages, ...last.messages].map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: MESSAGES }, (_, index) => index + 1));
  });

  test('around a message, a page holds that message', async () => {
    const { messages, next, previous } = await list({ kind: 'around', seq: MESSAGES - 20 });
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, index) => MESSAGES - 20 + index));
    expect([next, previous]).toEqual([undefined, MESSAGES - 20]);
  });
});

describe('listDirectMessages', () => {
  test('only what is listed counts as read', async () => {
    const listed = await listDirectMessages(stores, { user: 'bob', chatId: 'chat', limit: 1_000, offset: 0 });
    expect(listed.total).toBe(MESSAGES);
    expect(listed.messages.length).toBeLessThan(MESSAGES);
    expect(await stores.inbox.read('bob', 'chat')).toMatchObject({ read: listed.messages.length });
  });

  test('a message waits for those who were there when it was sent', async () => {
    const three = await fillChat(['one', 'two', 'three']);
    const listAs = async (user: string, limit: number): Promise<string[]> => {
      const { messages } = await listDirectMessages(three, { user, chatId: 'chat', limit, offset: 0 });
      return messages.map(({ status }) => status);
    };
    expect(await listAs('ann', 9)).toEqual(['created', 'created', 'created']);
    expect(await listAs('bob', 2)).toEqual(['read', 'read']);
    const head = await three.chats.readHead('chat');
    await three.inbox.add('cat', 'chat', head.epoch);
    await three.chats.join('chat', head, 'cat');
    expect(await listAs('ann', 9)).toEqual(['read', 'read', 'created']);
  });
});
