/** A chat as the store holds it in the end. */
import type { Head, NumberedMessage } from '../../shared/domain/chat-head.ts';

export interface StoredChat {
  readonly head: Head;
  /** Oldest first. */
  readonly messages: readonly NumberedMessage[];
  /** The consumer's watermark. */
  readonly published: number;
}
