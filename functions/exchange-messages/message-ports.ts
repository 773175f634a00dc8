/** What the use cases of messages work on. */
import type { ChatReader } from '../../shared/domain/chat-reader.ts';
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import type { Inbox } from '../../shared/domain/inbox.ts';
import type { LiveFeed } from '../../shared/domain/live-events.ts';

export interface MessagePorts {
  readonly chats: ChatStore;
  readonly reader: ChatReader;
  readonly inbox: Inbox;
  readonly live: LiveFeed;
}
