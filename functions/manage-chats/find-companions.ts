/** Finds whom a user's direct chats are with. */
import type { MembersHead } from '../../shared/domain/membership.ts';
import type { People, Person } from '../../shared/domain/people.ts';
import type { ChatState } from './list-chats.ts';

/** The other member of each direct chat, by chat id. */
export async function findCompanions(
  people: People,
  user: string,
  chats: readonly ChatState[],
): Promise<ReadonlyMap<string, Person>> {
  const companions = chats.flatMap(({ chatId, head }) => {
    const companion = companionOf(head, user);
    return companion === undefined ? [] : [{ chatId, companion }];
  });
  const found = await people.readMany([...new Set(companions.map(({ companion }) => companion))]);
  return new Map(
    companions.flatMap(({ chatId, companion }) => {
      const person = found.get(companion);
      return person === undefined ? [] : [[chatId, person] as const];
    }),
  );
}

/** The other member of a direct chat. */
export function companionOf({ membership, sent }: MembersHead, user: string): string | undefined {
  return membership.kind === 'direct' ? [...sent.keys()].find((member) => member !== user) : undefined;
}
