/** A chat as the store holds it in the end. */
import type { Head, NumberedMessage } from '../../shared/domain/chat-head.ts';

export interface StoredChat {
  readonly head: Head;
  /** Oldest first. */
  readonly messages: readonly NumberedMessage[];
  /** Counts of senders who have left the head at some time. */
  readonly keptCounts: ReadonlyMap<string, number>;
  /** The consumer's watermark. */
  readonly published: number;
  /** How many messages have left the head. */
  readonly archived: number;
}
