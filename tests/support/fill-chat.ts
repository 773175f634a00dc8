/** Chats with many members, who are put straight into the store: so many registered users would take minutes. */
import { randomUUID } from 'node:crypto';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import { DynamoDbInbox } from '../../shared/adapters/dynamodb-inbox.ts';
import { DeployedStack } from './deployed-stack.ts';

/** Adds made-up members until the chat has so many. */
export async function fillChat(awsEndpoint: string, chatId: string, members: number): Promise<void> {
  const stack = new DeployedStack(awsEndpoint);
  const table = await stack.findChatTable();
  const store = new DynamoDbChatStore(stack.dynamoDb, table);
  const inbox = new DynamoDbInbox(stack.dynamoDb, table);
  let head = await store.readHead(chatId);
  while (head.sent.size < members) {
    const member = randomUUID();
    await inbox.add(member, chatId, head.epoch);
    head = await store.join(chatId, head, member);
  }
}
