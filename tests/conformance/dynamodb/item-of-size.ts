/** Items whose size is known. */
import type { Item } from './probe-table.ts';

/** An item of a size, as DynamoDB counts it: the UTF-8 bytes of names and values. */
export function itemOfSize(key: string, sizeBytes: number, filler = 'x'): Item {
  const pk = { S: key };
  const rest = sizeBytes - Buffer.byteLength(`pk${key}text`);
  return { pk, text: { S: filler.repeat(rest / Buffer.byteLength(filler)) } };
}
