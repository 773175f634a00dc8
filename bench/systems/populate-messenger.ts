/** Stores a population in an empty messenger through its own adapters, so that nobody has to register and log in one by one. */
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import pLimit from 'p-limit';
import { markRead } from '../../functions/exchange-messages/mark-read.ts';
import { DynamoDbAccounts } from '../../shared/adapters/dynamodb-accounts.ts';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import { DynamoDbInbox } from '../../shared/adapters/dynamodb-inbox.ts';
import { DynamoDbSessions } from '../../shared/adapters/dynamodb-sessions.ts';
import { SqsChatActivity } from '../../shared/adapters/sqs-chat-activity.ts';
import { FIRST_EPOCH } from '../../shared/domain/chat-head.ts';
import { ChatWriter } from '../../shared/domain/chat-writer.ts';
import { NO_LIVE_FEED } from '../../shared/domain/live-events.ts';
import { hashPassword } from '../../shared/domain/password.ts';
import { decodeToken } from '../../shared/domain/session-token.ts';
import { keepSecret } from '../../shared/domain/sessions.ts';
import { localAws } from '../../tools/command-line/aws-access.ts';
import { type Chat, listHistory, membersOf, type Population, SESSION_MS, type User } from '../population/population.ts';

/** Where an engine keeps what its app stores. */
export interface MessengerStores {
  readonly awsEndpoint: string;
  /** Of its stack. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Of everybody: hashing costs as much for one as for another, so that one hash stands for all. */
export const PASSWORD = 'correct horse battery staple';

const AT_ONCE = 32;

export async function populateMessenger(stores: MessengerStores, population: Population): Promise<void> {
  await using clients = new AsyncDisposableStack();
  const dynamoDb = new DynamoDBClient(localAws(stores.awsEndpoint));
  const sqs = new SQSClient(localAws(stores.awsEndpoint));
  clients.defer(() => dynamoDb.destroy());
  clients.defer(() => sqs.destroy());
  const peopleTable = await findPeopleTable(dynamoDb);
  const chatTable = stores.outputs['ChatTableName']!;
  const limit = pLimit(AT_ONCE);

  const accounts = new DynamoDbAccounts(dynamoDb, peopleTable);
  const sessions = new DynamoDbSessions(dynamoDb, peopleTable);
  const passwordRecord = await hashPassword(PASSWORD);
  await limit.map(population.users, async (user) => {
    await accounts.add({ userId: user.id, userName: user.name, passwordRecord, registration: undefined }, undefined);
    await openSession(sessions, user);
  });

  const chats = new DynamoDbChatStore(dynamoDb, chatTable);
  const inbox = new DynamoDbInbox(dynamoDb, chatTable);
  const activity = new SqsChatActivity(sqs, stores.outputs['ChatActivityQueueUrl']!, 1);
  await limit.map(population.chats, async (chat) => {
    const members = membersOf(population, chat).map(({ id }) => id);
    await createChat({ chats, inbox }, chat, members);
    // One after another, as people send: what is sent at once is stored in one piece.
    const writer = new ChatWriter(chat.id, { store: chats, activity });
    for (const { sender, text } of listHistory(population, chat)) await writer.send({ sender: sender.id, text });
    if (chat.read > 0)
      await markRead({ chats, inbox, live: NO_LIVE_FEED }, { user: members[0]!, chatId: chat.id, seq: chat.read });
  });
}

async function openSession(sessions: DynamoDbSessions, { id: userId, token }: User): Promise<void> {
  const { sessionId, secret } = decodeToken(token)!;
  const startedAt = Date.now();
  const access = [keepSecret(secret, startedAt + SESSION_MS)];
  await sessions.open({
    userId,
    id: sessionId,
    startedAt,
    sourceHash: '',
    access,
    refresh: undefined,
    ending: undefined,
  });
}

async function createChat(
  { chats, inbox }: { chats: DynamoDbChatStore; inbox: DynamoDbInbox },
  { id, kind, name }: Chat,
  members: readonly string[],
): Promise<void> {
  for (const member of members) await inbox.add(member, id, FIRST_EPOCH);
  const owner = kind === 'group' ? members[0] : undefined;
  await chats.createChat(id, { kind, name, createdAt: Date.now(), owner, members });
}

async function findPeopleTable(dynamoDb: DynamoDBClient): Promise<string> {
  const { TableNames = [] } = await dynamoDb.send(new ListTablesCommand());
  const found = TableNames.find((name) => name.includes('PeopleTable'));
  if (found === undefined) throw new Error(`there is no table of people among ${TableNames.join(', ')}`);
  return found;
}
