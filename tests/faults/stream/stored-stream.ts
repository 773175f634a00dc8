/** The open stream as the store holds it in the end. */
import type { StoredChat } from '../stored-chat.ts';

export interface StoredStream extends StoredChat {
  /** Counts of senders who have left the head at some time. */
  readonly keptCounts: ReadonlyMap<string, number>;
}
