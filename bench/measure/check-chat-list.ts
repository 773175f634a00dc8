/** Makes sure before anything is measured that a system lists all chats, with the right counts and newest messages. */
import { isDeepStrictEqual } from 'node:util';
import { listChats } from '../../shared/contract/v1/chats.ts';
import { ApiClient } from '../../tests/support/api-client.ts';
import { type Chat, countUnread, listHistory, membersOf, type Population } from '../population/population.ts';
import type { System } from '../systems/system.ts';

/** What every system must say of a chat; ids of messages are its own. */
interface Entry {
  readonly name: string;
  readonly kind: string;
  readonly unread: number;
  readonly newest: string | undefined;
  readonly sender: string | undefined;
}

/** @throws Error that names the system and the entry that is wrong */
export async function checkChatList({ name, url, job }: System): Promise<void> {
  if (job.kind === 'open-send') throw new Error('anybody may send: nobody has a list of chats');
  const { users, chats } = job.population;
  const { chats: listed } = await new ApiClient(url, users[0]!.token).ask(listChats, {
    query: { limit: chats.length },
  });
  if (listed.length !== chats.length)
    throw new Error(`${name} lists ${listed.length} chats instead of ${chats.length}`);
  const entries = new Map(
    listed.map(({ chat_id: id, chat_name, kind, unread_count: unread, last_message: newest }) => [
      id,
      { name: chat_name, kind, unread, newest: newest?.text, sender: newest?.user_id } satisfies Entry,
    ]),
  );
  for (const chat of chats) {
    const [got, wanted] = [entries.get(chat.id), describe(job.population, chat)];
    if (!isDeepStrictEqual(got, wanted))
      throw new Error(`${name} lists ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`);
  }
}

function describe(population: Population, chat: Chat): Entry {
  const newest = listHistory(population, chat).at(-1);
  return {
    name: chat.kind === 'group' ? chat.name : membersOf(population, chat)[1]!.name,
    kind: chat.kind,
    unread: countUnread(population, chat),
    newest: newest?.text,
    sender: newest?.sender.id,
  };
}
