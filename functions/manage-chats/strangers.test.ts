/** To a stranger a chat is as one that does not exist: the same error, after the same calls of the stores. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import { DynamoDbInbox } from '../../shared/adapters/dynamodb-inbox.ts';
import { DynamoDbPeople } from '../../shared/adapters/dynamodb-people.ts';
import { CHAT_TABLE, type ChatDatabase, connectTo, startChatDatabase } from '../../tests/support/chat-database.ts';
import { recordCalls } from '../../tests/support/record-calls.ts';
import { addMember } from './add-member.ts';
import { createChat } from './create-chat.ts';
import { removeMember } from './remove-member.ts';
import { showChat } from './show-chat.ts';

const [OWNER, STRANGER] = [randomUUID(), randomUUID()];

interface Stores {
  readonly chats: DynamoDbChatStore;
  readonly inbox: DynamoDbInbox;
  readonly people: DynamoDbPeople;
}

let database: ChatDatabase;
let stores: Stores;
let chat: string;

beforeAll(async () => {
  database = await startChatDatabase();
  const client = connectTo(database.endpoint);
  stores = {
    chats: new DynamoDbChatStore(client, CHAT_TABLE),
    inbox: new DynamoDbInbox(client, CHAT_TABLE),
    people: new DynamoDbPeople(client, CHAT_TABLE),
  };
  chat = await createChat(stores, { owner: OWNER, name: 'group' });
});

afterAll(() => database.stop());

const useCases: Readonly<Record<string, (stores: Stores, chatId: string) => Promise<unknown>>> = {
  showChat: (ports, chatId) => showChat(ports, { user: STRANGER, chatId }),
  addMember: (ports, chatId) => addMember(ports, { caller: STRANGER, chatId, userName: 'ann' }),
  'addMember with a key': (ports, chatId) =>
    addMember(ports, { caller: STRANGER, chatId, userName: 'ann', key: 'key' }),
  'removeMember of the owner': (ports, chatId) => removeMember(ports, { caller: STRANGER, chatId, user: OWNER }),
  'removeMember of oneself': (ports, chatId) => removeMember(ports, { caller: STRANGER, chatId, user: STRANGER }),
};

test.each(Object.entries(useCases))('%s', async (_, run) => {
  const observe = async (chatId: string) => {
    const calls: string[] = [];
    const ports = {
      chats: recordCalls('chats', stores.chats, calls),
      inbox: recordCalls('inbox', stores.inbox, calls),
      people: recordCalls('people', stores.people, calls),
    };
    return { outcome: await run(ports, chatId).catch((error: Error) => error.name), calls };
  };

  const existing = await observe(chat);
  expect(existing.outcome).toBe('ChatNotFoundError');
  expect(existing.calls).toContain('chats.readHead');
  expect(await observe(randomUUID())).toEqual(existing);
});
