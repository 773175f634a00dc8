/** What verify finds wrong. */

export type ViolationKind =
  | 'malformed answer'
  | 'ids not consecutive'
  | 'sent message not last'
  | 'wrong number of rows'
  | 'answers disagree'
  | 'id answered twice'
  | 'gap in the store'
  | 'id twice in the store'
  | 'head and history differ'
  | 'wrong ordinal'
  | 'message stored twice'
  | 'not in the store'
  | 'store differs'
  | 'not healthy';

export interface Violation {
  readonly kind: ViolationKind;
  /** One sentence: where, what stands there, what should. */
  readonly message: string;
}

const SHOWN = 20;

/** Counts all violations and keeps the first 20. */
export class Violations {
  readonly #first: Violation[] = [];
  readonly #counts = new Map<ViolationKind, number>();

  /** @param place what the messages begin with, for example a line of a file */
  add(violations: Iterable<Violation>, place = ''): void {
    for (const { kind, message } of violations) {
      this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
      if (this.#first.length < SHOWN) this.#first.push({ kind, message: place + message });
    }
  }

  get count(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The first violations, then how many there are of each kind. */
  describe(): string {
    const first = this.#first.map(({ kind, message }) => `VIOLATION ${kind}: ${message}`);
    const counts = [...this.#counts].map(([kind, count]) => `${kind} ${count}`);
    const total = `${this.count} violations, of which ${this.#first.length} are shown: ${counts.join(', ')}`;
    return [...first, total].join('\n');
  }
}
