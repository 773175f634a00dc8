/** Sending, listing, reading, editing and deleting messages. */
import { createDynamoDbClient } from '../../shared/adapters/dynamodb-client.ts';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import { DynamoDbInbox } from '../../shared/adapters/dynamodb-inbox.ts';
import * as counters from '../../shared/contract/counters/chats.ts';
import * as v1 from '../../shared/contract/v1/messages.ts';
import { ChatReader } from '../../shared/domain/chat-reader.ts';
import { ChatWriters } from '../../shared/domain/chat-writers.ts';
import { sendMemberMessages } from '../../shared/domain/send-member-messages.ts';
import { createAuthenticate } from '../../shared/runtime/authenticate.ts';
import { createChatActivity } from '../../shared/runtime/create-chat-activity.ts';
import { createLiveFeed } from '../../shared/runtime/create-live-feed.ts';
import { createMessageCache } from '../../shared/runtime/create-message-cache.ts';
import { describeMessage } from '../../shared/runtime/describe-message.ts';
import { ENVIRONMENT, readEnvironment, requireEnvironment } from '../../shared/runtime/environment.ts';
import { implement, operationsFunction } from '../../shared/runtime/operations-function.ts';
import { requireChatId } from '../../shared/runtime/require-chat-id.ts';
import { deleteMessage } from './delete-message.ts';
import { describeDirectMessage } from './describe-direct-message.ts';
import { editMessage } from './edit-message.ts';
import { listDirectMessages } from './list-direct-messages.ts';
import { listMessages } from './list-messages.ts';
import { markRead } from './mark-read.ts';
import { parsePlace } from './parse-place.ts';

const dynamoDb = createDynamoDbClient();
const table = requireEnvironment(ENVIRONMENT.chatTable);
const chats = new DynamoDbChatStore(dynamoDb, table);
const inbox = new DynamoDbInbox(dynamoDb, table);
const cache = createMessageCache(requireEnvironment(ENVIRONMENT.messageCache), readEnvironment(ENVIRONMENT.redisUrl));
const reader = new ChatReader(chats, cache);
const activity = createChatActivity();
const live = createLiveFeed(dynamoDb);
const senders = { writers: new ChatWriters({ store: chats, activity }), live };
const stores = { chats, inbox, reader, live };

export const handler = operationsFunction(createAuthenticate(dynamoDb), [
  implement(v1.sendMessage, async ({ caller, path, body, idempotencyKey: key }) => {
    const chatId = requireChatId(path.chat_id);
    const message = { user: caller.userId, chatId, texts: [body.message], key };
    const [seq] = await sendMemberMessages(senders, message);
    return { message_id: String(seq) };
  }),
  implement(v1.listMessages, async ({ caller, path, query }) => {
    const chatId = requireChatId(path.chat_id);
    const page = { user: caller.userId, chatId, place: parsePlace(query), count: query.limit };
    const { messages, next, previous } = await listMessages(stores, page);
    return {
      messages: messages.map(describeMessage),
      ...(next !== undefined && { next: { iterator: String(next) } }),
      ...(previous !== undefined && { previous: { before: previous } }),
    };
  }),
  implement(v1.markRead, async ({ caller, path, body, idempotencyKey: key }) => {
    const chatId = requireChatId(path.chat_id);
    await markRead(stores, { user: caller.userId, chatId, seq: body.seq, key });
    return undefined;
  }),
  implement(v1.editMessage, async ({ caller, path, body }) => {
    const chatId = requireChatId(path.chat_id);
    const edit = { user: caller.userId, chatId, seq: path.seq, text: body.message };
    return describeMessage(await editMessage(stores, edit));
  }),
  implement(v1.deleteMessage, async ({ caller, path }) => {
    await deleteMessage(stores, { user: caller.userId, chatId: requireChatId(path.chat_id), seq: path.seq });
    return undefined;
  }),
  implement(counters.listDirectMessages, async ({ caller, query }) => {
    const { limit, offset } = query;
    const chatId = requireChatId(query.chat_id);
    const { total, messages } = await listDirectMessages(stores, { user: caller.userId, chatId, limit, offset });
    return { total, limit, offset, messages: messages.map((message) => describeDirectMessage(chatId, message)) };
  }),
]);
