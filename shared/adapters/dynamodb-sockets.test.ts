/** Open sockets in a real local DynamoDB. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CHAT_TABLE, type ChatDatabase, connectTo, startChatDatabase } from '../../tests/support/chat-database.ts';
import type { OpenSocket } from '../domain/sockets.ts';
import { DynamoDbSockets } from './dynamodb-sockets.ts';

let database: ChatDatabase;
let sockets: DynamoDbSockets;
let ann: string;

beforeAll(async () => {
  database = await startChatDatabase();
  sockets = new DynamoDbSockets(connectTo(database.endpoint), CHAT_TABLE);
});
afterAll(() => database.stop());
beforeEach(() => void (ann = randomUUID()));

const socketOf = (userId: string, id: string = randomUUID()): OpenSocket => ({
  id,
  userId,
  sessionId: randomUUID(),
  openedAt: 1_000,
  validUntil: 2_000,
});

test('are found by their ids, and by their users', async () => {
  const bob = randomUUID();
  // API Gateway's ids look like this.
  const opened = [socketOf(ann, 'L0SM9cOFvHcCIhw='), socketOf(ann), socketOf(bob)];
  for (const socket of opened) await sockets.add(socket);
  for (const socket of opened) expect(await sockets.find(socket.id)).toEqual(socket);
  const listed = await sockets.listOf([ann, bob, randomUUID()]);
  expect(new Set(listed)).toEqual(new Set(opened));
});

test('opened at once by one user are all kept', async () => {
  const opened = Array.from({ length: 20 }, () => socketOf(ann));
  await Promise.all(opened.map((socket) => sockets.add(socket)));
  expect(await sockets.listOf([ann])).toHaveLength(20);
});

test('are forgotten one by one, and once', async () => {
  const [one, other] = [socketOf(ann), socketOf(ann)];
  await sockets.add(one);
  await sockets.add(other);
  for (let time = 0; time < 2; time++) await sockets.remove(one);
  expect(await sockets.find(one.id)).toBeUndefined();
  expect(await sockets.listOf([ann])).toEqual([other]);
});

test('of somebody who has never had one are none, and forgetting one makes none', async () => {
  await sockets.remove(socketOf(ann));
  expect(await sockets.listOf([ann])).toEqual([]);
});
