/** Ids of chats that must be found again: whoever creates one twice gets the same. */
import { v5 } from 'uuid';

/** Namespaces in the sense of RFC 9562; they are what keeps one kind of id from meeting the other. */
const DIRECT_CHATS = 'c8a9c1f2-6c1e-4bb4-9d0c-5d8c3f6f1a70';
const KEYED_CHATS = '0b3d5d0e-5a0f-4a55-8a53-1f8f3f1d7f9b';

/** The one chat that two users have with each other, whichever of them opens it. */
export function directChatId(one: string, other: string): string {
  return v5([one, other].toSorted().join(' '), DIRECT_CHATS);
}

/** The chat that a user creates under an idempotency key. */
export function keyedChatId(owner: string, key: string): string {
  return v5(`${owner} ${key}`, KEYED_CHATS);
}

/** Whether a text can be the id of a chat of members; nothing else is looked for. */
export { validate as isChatId } from 'uuid';
