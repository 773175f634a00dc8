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

function countBytes(item: object): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(item)));
}
