/** Keeps answers below what a function may return. */

/**
 * Lambda takes 6 MB ("Lambda quotas": invocation payload), in which the body is JSON written within JSON: a quote of a text
 * takes four bytes there. What is left is for whatever stands around the texts.
 */
const MAX_BYTES = 5.5 * 1024 * 1024;

/** How many of the items, from the first on, fit one answer; one at least, if there is one. */
export function countFitting(items: readonly object[]): number {
  let bytes = 0;
  const end = items.findIndex((item, index) => (bytes += countBytes(item)) > MAX_BYTES && index > 0);
  return end === -1 ? items.length : end;
}

/** The room of an answer that holds several lists: each takes of it what it needs. */
export class AnswerRoom {
  #items: number;
  #bytes = MAX_BYTES;

  /** @param items that the answer may hold */
  constructor(items: number) {
    this.#items = items;
  }

  /** As many of the items, from the first on, as there is room for. Whoever comes first gets one at least. */
  take<Item extends object>(items: readonly Item[]): readonly Item[] {
    const taken: Item[] = [];
    for (const item of items) {
      const bytes = countBytes(item);
      if (this.#items === 0 || (bytes > this.#bytes && this.#bytes < MAX_BYTES)) break;
      this.#items--;
      this.#bytes -= bytes;
      taken.push(item);
    }
    return taken;
  }

  /** How many more items it may hold. */
  get items(): number {
    return this.#bytes > 0 ? this.#items : 0;
  }
}

function countBytes(item: object): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(item)));
}
