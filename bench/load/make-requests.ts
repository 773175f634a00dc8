/** The requests that the connections of a load send. */
import type { Request } from 'autocannon';
import type { Job, MemberJob } from '../job.ts';
import { type Keys, listPaths } from '../scenario.ts';
import { createChoose, makeMessages } from './messages.ts';

/** Each request is built once and sent again and again, so that sending costs little. */
const REQUESTS_PER_CONNECTION = 200;
/** autocannon puts another text of 33 characters in this place each time. */
const UNIQUE_TEXT = '[<id>]';

/** What one of a load's connections sends in turn. */
export function makeRequests(job: Job, keys: Keys, connection: number): Request[] {
  switch (job.kind) {
    case 'open-send':
      return sendToAnybody(job.chats, keys, connection);
    case 'member-send':
      return sendAsMember(job, keys, connection);
    case 'list-chats':
      return [listChats(job)];
  }
}

function sendToAnybody(chats: number, keys: Keys, connection: number): Request[] {
  const paths = listPaths(chats);
  const choose = createChoose(connection);
  return makeMessages(REQUESTS_PER_CONNECTION, choose).map((message) => ({
    method: 'POST',
    path: paths[choose(paths.length)]!,
    headers: jsonHeaders(keys),
    body: JSON.stringify(message),
  }));
}

/** A connection is one member; where there are more connections than members, some share a session. */
function sendAsMember({ population }: MemberJob, keys: Keys, connection: number): Request[] {
  const { users, chats } = population;
  const senders = [...new Set(chats.flatMap(({ members }) => members))].toSorted((a, b) => a - b);
  const sender = senders[connection % senders.length]!;
  const own = chats.filter(({ members }) => members.includes(sender));
  const choose = createChoose(connection);
  return makeMessages(REQUESTS_PER_CONNECTION, choose).map(({ text }) => ({
    method: 'POST',
    path: `/v1/chats/${own[choose(own.length)]!.id}/messages`,
    headers: { ...jsonHeaders(keys), ...authorize(users[sender]!.token) },
    body: JSON.stringify({ message: text }),
  }));
}

function listChats({ population: { users, chats } }: MemberJob): Request {
  return { method: 'GET', path: `/v1/chats?limit=${chats.length}`, headers: authorize(users[0]!.token) };
}

function jsonHeaders(keys: Keys): Record<string, string> {
  return { 'Content-Type': 'application/json', ...(keys === 'each' && { 'Idempotency-Key': UNIQUE_TEXT }) };
}

function authorize(token: string): { Authorization: string } {
  return { Authorization: `Bearer ${token}` };
}
