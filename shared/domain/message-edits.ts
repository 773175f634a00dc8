/** Edits and deletes: what stands beside a message and covers it. The message itself never changes. */
import type { Head, NumberedMessage } from './chat-head.ts';

export interface Edit {
  readonly seq: number;
  /** 1 for the message's first edit, 2 for the second, ... */
  readonly revision: number;
  /** The chat's revision that it made, or would have made: edits since a revision are those with a greater one. */
  readonly chatRevision: number;
  /** Undefined once the message is deleted, which is for good. */
  readonly text: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A message as a reader sees it: a deleted one has no text, but its place. */
export interface ListedMessage {
  readonly seq: number;
  readonly sender: string;
  readonly text: string;
  /** Milliseconds since 1970, as the others. */
  readonly createdAt: number;
  readonly editedAt?: number;
  readonly deletedAt?: number;
}

/** Whether any message of the chat was ever edited or deleted. */
export function hasEdits(head: Head): boolean {
  return (head.membership?.revision ?? 0) > 0;
}

/** Messages under their edits. */
export function applyEdits(
  messages: readonly NumberedMessage[],
  edits: ReadonlyMap<number, Edit>,
): readonly ListedMessage[] {
  return messages.map(({ seq, sender, text, createdAt }) => {
    const edit = edits.get(seq);
    if (edit === undefined) return { seq, sender, text, createdAt };
    if (edit.text === undefined) return { seq, sender, text: '', createdAt, deletedAt: edit.at };
    return { seq, sender, text: edit.text, createdAt, editedAt: edit.at };
  });
}
