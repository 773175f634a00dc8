/** Stores a population in the plain server's tables, in one transaction. */
import pg, { type ClientConfig } from 'pg';
import { type Chat, listHistory, membersOf, type Population, SESSION_MS } from '../../../population/population.ts';
import { hashToken } from './send-message.ts';

export async function populatePlain(connection: ClientConfig, population: Population): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query('BEGIN');
    const expiresAt = new Date(Date.now() + SESSION_MS);
    for (const { id, name, token } of population.users) {
      await client.query('INSERT INTO person VALUES ($1, $2)', [id, name]);
      await client.query('INSERT INTO session VALUES ($1, $2, $3)', [hashToken(token), id, expiresAt]);
    }
    for (const chat of population.chats) await addChat(client, population, chat);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

async function addChat(client: pg.Client, population: Population, chat: Chat): Promise<void> {
  const members = membersOf(population, chat);
  await client.query('INSERT INTO chat VALUES ($1, $2, $3)', [chat.id, chat.kind, chat.name]);
  const ids: unknown[] = [0];
  for (const { sender, text } of listHistory(population, chat)) {
    const insert = 'INSERT INTO message (chat_id, user_id, body) VALUES ($1, $2, $3) RETURNING id';
    const { rows } = await client.query<{ id: unknown }>(insert, [chat.id, sender.id, text]);
    ids.push(rows[0]?.id);
  }
  for (const [place, { id }] of members.entries()) {
    const readId = ids[place === 0 ? chat.read : 0];
    await client.query('INSERT INTO member VALUES ($1, $2, $3)', [id, chat.id, readId]);
  }
}
