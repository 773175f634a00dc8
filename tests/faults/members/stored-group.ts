/** A group chat as the store holds it in the end. */
import type { InboxEntry } from '../../../shared/domain/inbox.ts';
import type { StoredChat } from '../stored-chat.ts';

export interface StoredGroup extends StoredChat {
  /** Inbox entries for the chat, by user. */
  readonly entries: ReadonlyMap<string, InboxEntry>;
}
