/** Pages of the feed of changes are answers that Lambda takes. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendMemberMessages } from '../../shared/domain/send-member-messages.ts';
import { answerJson } from '../../shared/runtime/answer-json.ts';
import { type ChatDatabase, startChatDatabase } from '../../tests/support/chat-database.ts';
import { type ChatPorts, connectPorts } from '../../tests/support/chat-ports.ts';
import { createChat } from './create-chat.ts';
import { openDirectChat } from './open-direct-chat.ts';
import { syncChats } from './sync-chats.ts';

const LAMBDA_LIMIT_BYTES = 6_291_556;
const CHATS = 400;

let database: ChatDatabase;
let ports: ChatPorts;
beforeAll(async () => {
  database = await startChatDatabase();
  ports = connectPorts(database);
});
afterAll(() => database.stop());

/** All pages since a cursor, with the bytes of each as a function answers it. */
async function readPages(user: string, cursor: string) {
  const pages: { bytes: number; messages: number; chats: readonly string[] }[] = [];
  for (let since = cursor, more = true; more;) {
    const changes = await syncChats(ports, { user, since, limit: 1_000 });
    const bytes = Buffer.byteLength(JSON.stringify(answerJson(200, changes)));
    const messages = changes.chats.reduce((sum, chat) => sum + chat.messages.length, 0);
    pages.push({ bytes, messages, chats: changes.chats.map(({ chat_id: id }) => id) });
    [since, more] = [changes.cursor, changes.more];
  }
  return pages;
}

test('with a long message in each of many chats', async () => {
  const user = `ann-${randomUUID()}`;
  const { cursor } = await syncChats(ports, { user, limit: 1_000 });
  const text = '😀'.repeat(4_096);
  const chatIds = await Promise.all(
    Array.from({ length: CHATS }, async (_, index) => {
      const chatId = await openDirectChat(ports, { user, companion: `friend-${index}-${randomUUID()}` });
      await sendMemberMessages(ports, { user, chatId, texts: [text] });
      return chatId;
    }),
  );
  const pages = await readPages(user, cursor);
  expect(Math.max(...pages.map(({ bytes }) => bytes))).toBeLessThan(LAMBDA_LIMIT_BYTES);
  expect(pages.reduce((sum, { messages }) => sum + messages, 0)).toBe(CHATS);
  expect(new Set(pages.flatMap(({ chats }) => chats))).toEqual(new Set(chatIds));
  expect(pages.length).toBeLessThan(4);
}, 60_000);

test('with names that are as long as all else, in chats without a message', async () => {
  const user = `ann-${randomUUID()}`;
  const { cursor } = await syncChats(ports, { user, limit: 1_000 });
  const name = '\u0001'.repeat(4_096);
  await Promise.all(Array.from({ length: CHATS }, () => createChat(ports, { owner: user, name })));
  const pages = await readPages(user, cursor);
  expect(Math.max(...pages.map(({ bytes }) => bytes))).toBeLessThan(LAMBDA_LIMIT_BYTES);
  expect(new Set(pages.flatMap(({ chats }) => chats)).size).toBe(CHATS);
}, 60_000);
