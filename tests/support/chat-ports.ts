/** All that use cases about chats need, on a real local DynamoDB; nobody is told anything live. */
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import { DynamoDbInbox } from '../../shared/adapters/dynamodb-inbox.ts';
import { DynamoDbSyncCursors } from '../../shared/adapters/dynamodb-sync-cursors.ts';
import { ChatReader } from '../../shared/domain/chat-reader.ts';
import { ChatWriters } from '../../shared/domain/chat-writers.ts';
import { NO_LIVE_FEED } from '../../shared/domain/live-events.ts';
import { CHAT_TABLE, type ChatDatabase, connectTo } from './chat-database.ts';
import { simulatedPeople } from './simulated-people.ts';

export type ChatPorts = ReturnType<typeof connectPorts>;

export function connectPorts({ endpoint }: ChatDatabase) {
  const client = connectTo(endpoint);
  const chats = new DynamoDbChatStore(client, CHAT_TABLE);
  return {
    chats,
    reader: new ChatReader(chats),
    inbox: new DynamoDbInbox(client, CHAT_TABLE),
    cursors: new DynamoDbSyncCursors(client, CHAT_TABLE),
    writers: new ChatWriters({ store: chats, activity: { signal: async () => {} } }),
    people: simulatedPeople,
    live: NO_LIVE_FEED,
  };
}
