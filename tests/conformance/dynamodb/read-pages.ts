/** Reads a query or a scan to its end. */
import type { Item } from './probe-table.ts';

interface Page {
  readonly Items?: Item[] | undefined;
  readonly LastEvaluatedKey?: Item | undefined;
}

/** All pages, the last of which has no LastEvaluatedKey. @param read reads the page after a key */
export async function readPages<P extends Page>(
  read: (ExclusiveStartKey: Item | undefined) => Promise<P>,
): Promise<P[]> {
  const pages: P[] = [];
  let next: Item | undefined;
  do {
    const page = await read(next);
    pages.push(page);
    next = page.LastEvaluatedKey;
  } while (next !== undefined);
  return pages;
}
