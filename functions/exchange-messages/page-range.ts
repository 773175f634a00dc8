/** Which messages a page holds. */

/** A page from a message on, before one, or with one in its middle. */
export type Place =
  | { readonly kind: 'from'; readonly seq: number }
  | { readonly kind: 'before'; readonly seq: number }
  | { readonly kind: 'around'; readonly seq: number };

export interface Range {
  readonly from: number;
  /** Less than `from` if there is nothing. */
  readonly to: number;
}

/**
 * @param count messages that the page holds at most
 * @param newest sequence number of the chat's newest message
 */
export function pageRange({ kind, seq }: Place, count: number, newest: number): Range {
  switch (kind) {
    case 'from':
      return { from: seq, to: Math.min(seq + count - 1, newest) };
    case 'before': {
      const to = Math.min(seq - 1, newest);
      return { from: Math.max(1, to - count + 1), to };
    }
    case 'around': {
      const to = Math.min(newest, seq + Math.ceil((count - 1) / 2));
      const from = Math.max(1, to - count + 1);
      return { from, to: Math.min(newest, from + count - 1) };
    }
  }
}
