/** Creating, listing and showing chats, and their members. */
import { createDynamoDbClient } from '../../shared/adapters/dynamodb-client.ts';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import { DynamoDbInbox } from '../../shared/adapters/dynamodb-inbox.ts';
import { DynamoDbPeople } from '../../shared/adapters/dynamodb-people.ts';
import { DynamoDbSyncCursors } from '../../shared/adapters/dynamodb-sync-cursors.ts';
import * as counters from '../../shared/contract/counters/chats.ts';
import * as v1 from '../../shared/contract/v1/chats.ts';
import * as sync from '../../shared/contract/v1/sync.ts';
import { ChatReader } from '../../shared/domain/chat-reader.ts';
import { createAuthenticate } from '../../shared/runtime/authenticate.ts';
import { ENVIRONMENT, requireEnvironment } from '../../shared/runtime/environment.ts';
import { countFitting } from '../../shared/runtime/fit-answer.ts';
import { implement, operationsFunction } from '../../shared/runtime/operations-function.ts';
import { requireChatId } from '../../shared/runtime/require-chat-id.ts';
import { addMember } from './add-member.ts';
import { createChat } from './create-chat.ts';
import { describeDirectChats } from './describe-direct-chats.ts';
import { describeChats } from './describe-chats.ts';
import { listChats } from './list-chats.ts';
import { openDirectChat } from './open-direct-chat.ts';
import { pageChats } from './page-chats.ts';
import { removeMember } from './remove-member.ts';
import { showChat } from './show-chat.ts';
import { syncChats } from './sync-chats.ts';

const dynamoDb = createDynamoDbClient();
const table = requireEnvironment(ENVIRONMENT.chatTable);
const chatStore = new DynamoDbChatStore(dynamoDb, table);
const stores = {
  chats: chatStore,
  // Mostly it reads the newest messages, which are in the heads and so in no cache.
  reader: new ChatReader(chatStore),
  inbox: new DynamoDbInbox(dynamoDb, table),
  cursors: new DynamoDbSyncCursors(dynamoDb, table),
  people: new DynamoDbPeople(dynamoDb, requireEnvironment(ENVIRONMENT.peopleTable)),
};

export const handler = operationsFunction(createAuthenticate(dynamoDb), [
  implement(v1.createChat, async ({ caller, body, idempotencyKey: key }) => ({
    chat_id: await createChat(stores, { owner: caller.userId, name: body.chat_name, key }),
  })),
  implement(v1.listChats, async ({ caller, query }) => {
    const all = await listChats(stores, caller.userId);
    const wanted = pageChats(all, query.limit, query.before);
    const described = await describeChats(stores, caller.userId, wanted.chats);
    const fitting = countFitting(described);
    const { next } = pageChats(all, fitting, query.before);
    return {
      chats: described.slice(0, fitting),
      ...(next !== undefined && { next: { iterator: next } }),
    };
  }),
  implement(v1.showChat, ({ caller, path }) =>
    showChat(stores, { user: caller.userId, chatId: requireChatId(path.chat_id) }),
  ),
  implement(v1.addMember, async ({ caller, path, body, idempotencyKey: key }) => {
    const chatId = requireChatId(path.chat_id);
    const added = { caller: caller.userId, chatId, userName: body.user_name, key };
    return { user_id: await addMember(stores, added) };
  }),
  implement(v1.removeMember, async ({ caller, path }) => {
    const chatId = requireChatId(path.chat_id);
    await removeMember(stores, { caller: caller.userId, chatId, user: path.user_id });
    return undefined;
  }),
  implement(sync.syncChats, async ({ caller, query: { since, limit } }) => {
    const { chats, left, ...rest } = await syncChats(stores, { user: caller.userId, since, limit });
    return { chats: [...chats], left: [...left], ...rest };
  }),
  implement(counters.openDirectChat, async ({ caller, body, idempotencyKey: key }) => ({
    chat_id: await openDirectChat(stores, { user: caller.userId, companion: body.companion_id, key }),
  })),
  implement(counters.listDirectChats, async ({ caller, query: { limit, offset } }) => {
    const all = await listChats(stores, caller.userId);
    const chats = await describeDirectChats(stores, caller.userId, all.slice(offset, offset + limit));
    return { total: all.length, limit, offset, chats: chats.slice(0, countFitting(chats)) };
  }),
]);
