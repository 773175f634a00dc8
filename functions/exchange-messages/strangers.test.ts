/** To a stranger a chat is as one that does not exist: the same error, after the same calls of the stores. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import { DynamoDbInbox } from '../../shared/adapters/dynamodb-inbox.ts';
import { FIRST_EPOCH } from '../../shared/domain/chat-head.ts';
import { ChatReader } from '../../shared/domain/chat-reader.ts';
import { ChatWriters } from '../../shared/domain/chat-writers.ts';
import type { ChatActivity } from '../../shared/domain/chat-store.ts';
import { type LiveFeed, NO_LIVE_FEED } from '../../shared/domain/live-events.ts';
import { sendMemberMessages } from '../../shared/domain/send-member-messages.ts';
import { CHAT_TABLE, type ChatDatabase, connectTo, startChatDatabase } from '../../tests/support/chat-database.ts';
import { recordCalls } from '../../tests/support/record-calls.ts';
import { deleteMessage } from './delete-message.ts';
import { editMessage } from './edit-message.ts';
import { listDirectMessages } from './list-direct-messages.ts';
import { listMessages } from './list-messages.ts';
import { markRead } from './mark-read.ts';

const [OWNER, STRANGER] = [randomUUID(), randomUUID()];
const CHAT = randomUUID();

let database: ChatDatabase;
let chats: DynamoDbChatStore;
let inbox: DynamoDbInbox;

beforeAll(async () => {
  database = await startChatDatabase();
  const client = connectTo(database.endpoint);
  chats = new DynamoDbChatStore(client, CHAT_TABLE);
  inbox = new DynamoDbInbox(client, CHAT_TABLE);
  await inbox.add(OWNER, CHAT, FIRST_EPOCH);
  await chats.createChat(CHAT, { kind: 'group', name: 'group', createdAt: 0, owner: OWNER, members: [OWNER] });
  await sendMemberMessages(sendersOf(chats, activity), { user: OWNER, chatId: CHAT, texts: ['hello'] });
});

afterAll(() => database.stop());

const activity: ChatActivity = { signal: async () => {} };

const sendersOf = (store: DynamoDbChatStore, signals: ChatActivity) => ({
  writers: new ChatWriters({ store, activity: signals }),
  live: NO_LIVE_FEED,
});

interface Ports {
  readonly chats: DynamoDbChatStore;
  readonly inbox: DynamoDbInbox;
  readonly reader: ChatReader;
  readonly activity: ChatActivity;
  readonly live: LiveFeed;
}

interface Asked {
  readonly user: string;
  readonly chatId: string;
  readonly seq: number;
}

const place = { kind: 'from', seq: 1 } as const;
const useCases: Readonly<Record<string, (ports: Ports, asked: Asked) => Promise<unknown>>> = {
  sendMessage: ({ chats: store, activity: signals }, { user, chatId }) =>
    sendMemberMessages(sendersOf(store, signals), { user, chatId, texts: ['let me in'] }),
  'sendMessage with a key': ({ chats: store, activity: signals }, { user, chatId }) =>
    sendMemberMessages(sendersOf(store, signals), { user, chatId, texts: ['let me in'], key: 'key' }),
  listMessages: (ports, { user, chatId }) => listMessages(ports, { user, chatId, place, count: 10 }),
  markRead: (ports, { user, chatId, seq }) => markRead(ports, { user, chatId, seq }),
  'markRead with a key': (ports, { user, chatId, seq }) => markRead(ports, { user, chatId, seq, key: 'key' }),
  'markRead beyond the newest message': (ports, { user, chatId }) => markRead(ports, { user, chatId, seq: 1_000 }),
  editMessage: (ports, { user, chatId, seq }) => editMessage(ports, { user, chatId, seq, text: 'edited' }),
  deleteMessage: (ports, { user, chatId, seq }) => deleteMessage(ports, { user, chatId, seq }),
  'deleteMessage of no message': (ports, { user, chatId }) => deleteMessage(ports, { user, chatId, seq: 1_000 }),
  listDirectMessages: (ports, { user, chatId }) => listDirectMessages(ports, { user, chatId, limit: 10, offset: 0 }),
};

test.each(Object.entries(useCases))('%s', async (_, run) => {
  const observe = async (chatId: string) => {
    const calls: string[] = [];
    const store = recordCalls('chats', chats, calls);
    const ports = {
      chats: store,
      inbox: recordCalls('inbox', inbox, calls),
      reader: new ChatReader(store),
      activity: recordCalls('activity', activity, calls),
      live: recordCalls('live', NO_LIVE_FEED, calls),
    };
    const outcome = await run(ports, { user: STRANGER, chatId, seq: 1 }).catch((error: Error) => error.name);
    return { outcome, calls };
  };

  const existing = await observe(CHAT);
  expect(existing.outcome).toBe('ChatNotFoundError');
  expect(existing.calls).toContain('chats.readHead');
  expect(await observe(randomUUID())).toEqual(existing);
});

test('a stranger waits for no member, and no member for a stranger', async () => {
  const calls: string[] = [];
  const store = recordCalls('chats', chats, calls);
  const { promise: written, resolve: write } = Promise.withResolvers<void>();
  const signal = async (): Promise<void> => {
    calls.push('signal');
    await written;
  };
  const senders = sendersOf(store, { signal });
  const sending = sendMemberMessages(senders, { user: OWNER, chatId: CHAT, texts: ['hello again'] });
  await expect.poll(() => calls).toContain('signal');
  calls.length = 0;

  const asking = sendMemberMessages(senders, { user: STRANGER, chatId: CHAT, texts: ['let me in'] });
  await expect(asking).rejects.toMatchObject({ name: 'ChatNotFoundError' });
  expect(calls).toEqual(['chats.readHead']);
  write();
  await sending;
  expect(calls).toEqual(['chats.readHead', 'chats.append']);
});
