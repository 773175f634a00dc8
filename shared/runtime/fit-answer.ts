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

/** The room of an answer that holds lists of several kinds. No item may be larger than an answer. */
export class AnswerRoom {
  #items: number;
  #bytes = MAX_BYTES;

  /** @param items that its lists may hold together */
  constructor(items: number) {
    this.#items = items;
  }

  /** As many of the items, from the first on, as there is room for. */
  take<Item extends object>(items: readonly Item[]): readonly Item[] {
    const taken: Item[] = [];
    for (const item of items) {
      if (this.#items === 0 || !this.hold(item)) break;
      this.#items--;
      taken.push(item);
    }
    return taken;
  }

  /** Takes room for what is no item of the lists but stands around them. @returns whether there was any */
  hold(part: object): boolean {
    const bytes = countBytes(part);
    if (bytes > this.#bytes) return false;
    this.#bytes -= bytes;
    return true;
  }

  /** How many more items it may hold. */
  get items(): number {
    return this.#items;
  }
}

function countBytes(item: object): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(item)));
}
