/** Tells what has changed in all of a user's chats since a cursor. */
import { randomBytes } from 'node:crypto';
import type { ChangedChatAnswer } from '../../shared/contract/v1/sync.ts';
import type { ChatReader } from '../../shared/domain/chat-reader.ts';
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import { CursorNotFoundError } from '../../shared/domain/errors.ts';
import type { Inbox } from '../../shared/domain/inbox.ts';
import type { People } from '../../shared/domain/people.ts';
import type { SeenChat, SeenChats, SyncCursor, SyncCursors } from '../../shared/domain/sync-cursors.ts';
import { effectiveMark } from '../../shared/domain/unread.ts';
import { AnswerRoom } from '../../shared/runtime/fit-answer.ts';
import { outlineChat } from './describe-chats.ts';
import { companionOf, findCompanions } from './find-companions.ts';
import { type ChatState, listChats } from './list-chats.ts';
import { readChanges } from './read-changes.ts';

export interface SyncPorts {
  readonly chats: ChatStore;
  readonly reader: ChatReader;
  readonly inbox: Inbox;
  readonly people: People;
  readonly cursors: SyncCursors;
}

export interface Changes {
  /** Latest first. */
  readonly chats: readonly ChangedChatAnswer[];
  readonly left: readonly string[];
  readonly cursor: string;
  readonly more: boolean;
}

/** Cursors are kept for 30 days, so one that is older than this is replaced, also if nothing has changed. */
const FRESH_MS = 24 * 60 * 60 * 1000;
const ID_BYTES = 16;

/**
 * Whoever asks again with the same cursor, the answer having been lost, is told the same and what has come since.
 * @param since the cursor of an earlier answer; without one nothing has changed yet
 * @param limit messages at most
 * @throws CursorNotFoundError
 */
export async function syncChats(
  ports: SyncPorts,
  { user, since, limit }: { user: string; since?: string | undefined; limit: number },
): Promise<Changes> {
  const cursor = since === undefined ? undefined : await useCursor(ports.cursors, user, since);
  const states = await listChats(ports, user);
  const now = new Map(
    await Promise.all(states.map(async (state) => [state.chatId, await see(ports, user, state)] as const)),
  );
  if (cursor === undefined) return { chats: [], left: [], cursor: await makeCursor(ports, user, now), more: false };

  const left = [...cursor.seen.keys()].filter((chatId) => !now.has(chatId));
  const changed = states.filter(({ chatId }) => !isSame(cursor.seen.get(chatId), now.get(chatId)!));
  const isFresh = Date.now() - cursor.madeAt < FRESH_MS;
  if (changed.length + left.length === 0 && isFresh) return { chats: [], left, cursor: cursor.id, more: false };

  const companions = await findCompanions(ports.people, user, changed);
  const room = new AnswerRoom(limit);
  const seen = new Map([...cursor.seen].filter(([chatId]) => now.has(chatId)));
  const chats: ChangedChatAnswer[] = [];
  for (const state of changed) {
    const { chatId, head } = state;
    const outline = {
      ...outlineChat(user, state, companions.get(chatId)),
      seq: head.seq,
      marks: await listMarks(ports.inbox, state),
    };
    if (room.items === 0 || !room.hold(outline)) break;
    const before = cursor.seen.get(chatId) ?? beforeJoining(state, user);
    const changes = await readChanges(ports, { user, state, before, now: now.get(chatId)! }, room);
    chats.push({ ...outline, messages: [...changes.messages], edits: [...changes.edits] });
    seen.set(chatId, changes.seen);
    if (!isSame(changes.seen, now.get(chatId)!)) break;
  }
  return {
    chats,
    left,
    cursor: await makeCursor(ports, user, seen, cursor.id),
    more: changed.some(({ chatId }) => !isSame(seen.get(chatId), now.get(chatId)!)),
  };
}

async function listMarks(inbox: Inbox, { chatId, head }: ChatState): Promise<ChangedChatAnswer['marks']> {
  const entries = await inbox.readMembers([...head.sent.keys()], chatId);
  return [...entries].map(([member, mark]) => ({
    user_id: member,
    read_seq: Math.min(head.seq, effectiveMark(head, member, mark).read),
  }));
}

/** Who uses a cursor has it, and seldom needs the one before it any more. */
async function useCursor(cursors: SyncCursors, user: string, id: string): Promise<SyncCursor> {
  const cursor = await cursors.read(user, id);
  if (cursor === undefined) throw new CursorNotFoundError('there is no such cursor, or not any more');
  if (cursor.previous !== undefined) await cursors.retire(user, cursor.previous);
  return cursor;
}

async function makeCursor({ cursors }: SyncPorts, user: string, seen: SeenChats, previous?: string): Promise<string> {
  const id = randomBytes(ID_BYTES).toString('base64url');
  await cursors.put(user, { id, seen, previous, madeAt: Date.now() });
  return id;
}

/** A chat as it is now, seen as far as it goes. */
async function see({ inbox }: SyncPorts, user: string, { chatId, head, mark }: ChatState): Promise<SeenChat> {
  const companion = companionOf(head, user);
  const entries = companion === undefined ? undefined : await inbox.readMembers([companion], chatId);
  const companionRead = companion === undefined ? undefined : (entries?.get(companion)?.read ?? 0);
  return {
    seq: head.seq,
    revision: head.membership.revision,
    read: effectiveMark(head, user, mark).read,
    ...(companionRead !== undefined && { companionRead }),
  };
}

/** Whoever has come to a chat since has not seen what was written from then on. */
function beforeJoining({ head }: ChatState, user: string): SeenChat {
  const { joined, revision } = head.membership;
  return { seq: joined.get(user) ?? 0, revision, read: 0 };
}

function isSame(one: SeenChat | undefined, other: SeenChat): boolean {
  return (
    one?.seq === other.seq &&
    one.revision === other.revision &&
    one.read === other.read &&
    one.companionRead === other.companionRead
  );
}
