/** Reads what somebody has not seen of a chat. */
import type { ListedMessageAnswer } from '../../shared/contract/v1/messages.ts';
import type { ChatReader } from '../../shared/domain/chat-reader.ts';
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import type { Inbox } from '../../shared/domain/inbox.ts';
import type { Edit } from '../../shared/domain/message-edits.ts';
import type { SeenChat } from '../../shared/domain/sync-cursors.ts';
import { describeMessage } from '../../shared/runtime/describe-message.ts';
import type { AnswerRoom } from '../../shared/runtime/fit-answer.ts';
import type { ChatState } from './list-chats.ts';

interface Ports {
  readonly chats: ChatStore;
  readonly reader: ChatReader;
  readonly inbox: Inbox;
}

interface Unseen {
  readonly user: string;
  readonly state: ChatState;
  readonly before: SeenChat;
  readonly now: SeenChat;
}

export interface ChatChanges {
  readonly messages: readonly ListedMessageAnswer[];
  readonly edits: readonly ListedMessageAnswer[];
  /** What has been seen with this: less than there is where the answer has no more room. */
  readonly seen: SeenChat;
}

/** Notes that the user's client has received the messages. */
export async function readChanges(
  { chats, reader, inbox }: Ports,
  { user, state: { chatId, head }, before, now }: Unseen,
  room: AnswerRoom,
): Promise<ChatChanges> {
  const to = Math.min(now.seq, before.seq + room.items);
  const messages = room.take((await reader.read(chatId, head, before.seq + 1, to)).map(describeMessage));
  const seq = messages.at(-1)?.seq ?? before.seq;
  if (seq > before.seq) await inbox.moveReceived(user, chatId, seq);

  const edits = now.revision > before.revision ? await listEdits(chats, chatId, before) : [];
  const found = await Promise.all(
    edits.slice(0, room.items).map((edit) => reader.read(chatId, head, edit.seq, edit.seq)),
  );
  const edited = room.take(found.flat().map(describeMessage));
  const firstUntold = edits[edited.length];
  return {
    messages,
    edits: edited,
    seen: { ...now, seq, revision: firstUntold === undefined ? now.revision : firstUntold.chatRevision - 1 },
  };
}

/** Edits of messages that were seen before them, in the order in which they were made; what is new is listed under its own. */
async function listEdits(chats: ChatStore, chatId: string, { seq, revision }: SeenChat): Promise<readonly Edit[]> {
  const edits = await chats.readEditsSince(chatId, revision);
  return edits.filter((edit) => edit.seq <= seq).toSorted((one, other) => one.chatRevision - other.chatRevision);
}
