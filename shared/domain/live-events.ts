/** What happens in a chat, as it is told to the members' open sockets. */
import type { ListedMessage } from './message-edits.ts';

export type LiveEvent =
  | { readonly kind: 'sent'; readonly messages: readonly ListedMessage[] }
  | { readonly kind: 'edited' | 'deleted'; readonly message: ListedMessage }
  | { readonly kind: 'read'; readonly user: string; readonly seq: number }
  /** There are messages up to this number: whoever has not got them all knows that something was lost. */
  | { readonly kind: 'latest'; readonly seq: number }
  | { readonly kind: 'typing'; readonly user: string }
  /** Holds until `until`, milliseconds since 1970. */
  | { readonly kind: 'presence'; readonly user: string; readonly status: PresenceStatus; readonly until: number };

export type PresenceStatus = 'online' | 'away' | 'offline';

/** Something that happened, and whom it is for. */
export interface LiveNews {
  readonly chatId: string;
  /** Users whose sockets are told; the `sent` of a head is such a set. */
  readonly members: Pick<ReadonlySet<string>, 'has' | 'keys' | 'size'>;
  readonly event: LiveEvent;
  /** The socket by which it came: it is not told what it said itself. */
  readonly origin?: string | undefined;
}

/** Tells open sockets, as well as it can: it never fails, and what is lost is noticed by its number. */
export interface LiveFeed {
  /** Returns once the sockets have been told, or others will tell them. */
  tell(news: LiveNews): Promise<void>;
}

/** Where there are no sockets. */
export const NO_LIVE_FEED: LiveFeed = { tell: () => Promise.resolve() };

/** The queue of what is pushed to the sockets of large chats: of each chat in the order in which it was put. */
export interface PushQueue {
  /** Returns once all is durable. @throws StoreUnavailableError if some of it may not be */
  put(news: readonly LiveNews[]): Promise<void>;
}

/** Events as they are told together: messages in order of their numbers, then the others as they came, but what is outdated. */
export function gatherEvents(events: readonly LiveEvent[]): readonly LiveEvent[] {
  const messages = events.flatMap((event) => (event.kind === 'sent' ? event.messages : []));
  const others = events.filter(({ kind }) => kind !== 'sent');
  const newest = new Map(others.map((event) => [subjectOf(event), event]));
  const current = others.filter((event) => newest.get(subjectOf(event)) === event);
  if (messages.length === 0) return current;
  return [{ kind: 'sent', messages: messages.toSorted((one, other) => one.seq - other.seq) }, ...current];
}

/** Of events with the same one, whoever knows the last need not know the others. */
function subjectOf(event: LiveEvent): unknown {
  switch (event.kind) {
    case 'typing':
    case 'presence':
    case 'read':
      return `${event.kind} ${event.user}`;
    case 'latest':
      return event.kind;
    case 'sent':
    case 'edited':
    case 'deleted':
      return event;
  }
}
