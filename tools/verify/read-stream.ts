/** Reads a chat from the store, page by page, as it was when its head was read. */
import { firstSeq, type Head, type NumberedMessage, numberTail } from '../../shared/domain/chat-head.ts';
import { numberRun } from '../../shared/domain/chat-history.ts';
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import type { Violation } from './violations.ts';

export interface StreamPage {
  readonly messages: readonly NumberedMessage[];
  /** Messages of the history that the head has too, with other content. */
  readonly violations: readonly Violation[];
}

/** Messages that are asked for at a time; runs are read whole, so it may be more. */
const PAGE_MESSAGES = 1_000;

/**
 * The messages from the first to the head's last one: those before the head's tail as the history has them, those of
 * the tail as the head has them. Later writes do not show: what leaves the head is in the history before.
 */
export async function* readStream(
  store: Pick<ChatStore, 'readRuns'>,
  chatId: string,
  head: Head,
): AsyncGenerator<StreamPage> {
  const tail = numberTail(head, 1);
  const tailFirst = firstSeq(head);
  for (let from = 1; from <= head.seq;) {
    const to = Math.min(from + PAGE_MESSAGES - 1, head.seq);
    const runs = await store.readRuns(chatId, from, to);
    const messages = runs.flatMap(numberRun);
    yield {
      messages: messages.filter(({ seq }) => seq < tailFirst),
      violations: compareWithTail(messages, tail, tailFirst),
    };
    from = Math.max(to, runs.at(-1)?.last ?? 0) + 1;
  }
  yield { messages: tail, violations: [] };
}

/** A message that is in the history and still in the head must be the same in both. */
export function compareWithTail(
  history: readonly NumberedMessage[],
  tail: readonly NumberedMessage[],
  tailFirst: number,
): Violation[] {
  return history.flatMap((message): Violation[] => {
    const inTail = tail[message.seq - tailFirst];
    if (inTail === undefined) return [];
    const [historic, current] = [describe(message), describe(inTail)];
    if (historic === current) return [];
    return [{ kind: 'head and history differ', message: `the head has ${current}, the history ${historic}` }];
  });
}

function describe({ seq, sender, text, createdAt, ordinal }: NumberedMessage): string {
  return JSON.stringify([seq, sender, text, createdAt, ordinal]);
}
