/** What must hold for the messages of the store, taken one after another. */
import type { MessageRow } from '../../shared/contract/open-stream.ts';
import type { NumberedMessage } from '../../shared/domain/chat-head.ts';
import { readLoadMark } from '../load/load-message.ts';
import type { AnsweredRows } from './answered-rows.ts';
import type { Violation } from './violations.ts';

export class StreamCheck {
  readonly #answered: AnsweredRows;
  readonly #sent = new Map<string, number>();
  /** The messages of each load run that were met. */
  readonly #loads = new Map<string, Set<number>>();
  #lastId = 0;
  #count = 0;
  #loadMessages = 0;

  constructor(answered: AnsweredRows) {
    this.#answered = answered;
  }

  /** Takes the next message; they must come in the order in which they are stored. */
  add(message: NumberedMessage): Violation[] {
    this.#count++;
    return [
      ...this.#checkId(message.seq),
      ...this.#checkOrdinal(message),
      ...this.#checkLoadMark(message),
      ...this.#answered.compare(toRow(message)),
    ];
  }

  /** What only the end shows. @param seq the number of messages that the head counts */
  *finish(seq: number): Generator<Violation> {
    if (this.#lastId !== seq)
      yield {
        kind: 'gap in the store',
        message: `the head counts ${seq} messages, but the last id is ${this.#lastId}`,
      };
    yield* this.#answered.missing();
  }

  get count(): number {
    return this.#count;
  }

  get senders(): number {
    return this.#sent.size;
  }

  /** Messages that some load wrote. */
  get loadMessages(): number {
    return this.#loadMessages;
  }

  #checkId(id: number): Violation[] {
    const expected = this.#lastId + 1;
    this.#lastId = Math.max(this.#lastId, id);
    if (id === expected) return [];
    if (id < expected)
      return [{ kind: 'id twice in the store', message: `id ${id} comes again after ${expected - 1}` }];
    return [{ kind: 'gap in the store', message: `id ${id} follows ${expected - 1}` }];
  }

  #checkOrdinal({ seq, sender, ordinal }: NumberedMessage): Violation[] {
    const expected = (this.#sent.get(sender) ?? 0) + 1;
    this.#sent.set(sender, expected);
    if (ordinal === expected) return [];
    const message = `message ${seq} is number ${expected} of ${JSON.stringify(sender)}, but is counted as ${ordinal}`;
    return [{ kind: 'wrong ordinal', message }];
  }

  #checkLoadMark({ seq, text }: NumberedMessage): Violation[] {
    const mark = readLoadMark(text);
    if (mark === undefined) return [];
    this.#loadMessages++;
    const seen = this.#loads.get(mark.runId) ?? new Set();
    this.#loads.set(mark.runId, seen);
    if (!seen.has(mark.index)) {
      seen.add(mark.index);
      return [];
    }
    const message = `message ${seq} was stored before under a smaller id: "load ${mark.runId} ${mark.index}"`;
    return [{ kind: 'message stored twice', message }];
  }
}

function toRow({ seq, sender, text, createdAt, ordinal }: NumberedMessage): MessageRow {
  return [seq, sender, text, new Date(createdAt).toISOString(), ordinal];
}
