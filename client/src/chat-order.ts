/** One chat's messages, each once and in order of their numbers, whatever the order in which they come. */
import { isLaterVersion } from './message-version.ts';
import type { LiveMessage } from './live-events.ts';

export class ChatOrder {
  #given: number;
  #newest: number;
  /** What came before its turn: empty unless a gap is open. */
  readonly #early = new Map<number, LiveMessage>();

  /** @param given the number up to which messages have been given to the application */
  constructor(given: number) {
    this.#given = given;
    this.#newest = given;
  }

  get given(): number {
    return this.#given;
  }

  get newest(): number {
    return this.#newest;
  }

  /** How many messages wait for their turn. */
  get early(): number {
    return this.#early.size;
  }

  /** Whether there are messages that have not come. */
  get hasGap(): boolean {
    return this.#given < this.#newest;
  }

  /** There are messages up to this number. */
  learn(seq: number): void {
    this.#newest = Math.max(this.#newest, seq);
  }

  /**
   * @param mayKeep whether there is room for one that is early; else it is as if it had not come, but for its number
   * @returns those whose turn has come; none of them was returned before
   */
  take(message: LiveMessage, mayKeep: boolean): readonly LiveMessage[] {
    const { seq } = message;
    this.learn(seq);
    if (seq <= this.#given) return [];
    const kept = this.#early.get(seq);
    const isNext = seq === this.#given + 1;
    if (isNext || (kept === undefined ? mayKeep : isLaterVersion(message, kept))) this.#early.set(seq, message);
    return this.#takeRow();
  }

  #takeRow(): readonly LiveMessage[] {
    const row: LiveMessage[] = [];
    for (let next = this.#early.get(this.#given + 1); next !== undefined; next = this.#early.get(this.#given + 1)) {
      this.#early.delete(next.seq);
      this.#given = next.seq;
      row.push(next);
    }
    return row;
  }
}
