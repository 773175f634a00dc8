/** How DynamoDB compares, searches and measures values, in the JSON of its API: binaries are Base64, numbers are texts. */
import db from 'dynalite/db/index.js';
import type { AttributeValue } from 'dynalite/db/index.js';

/** The name of a value's type, such as `S`. */
export function typeOf(value: AttributeValue): string | undefined {
  return Object.keys(value)[0];
}

/** Sets are equal in any order, lists and maps when all in them is. Values of two types are never equal. */
export function isEqual(a: AttributeValue, b: AttributeValue): boolean {
  if (a.L && b.L) return haveEqual(a.L, b.L);
  if (a.M && b.M) return haveEqual(a.M, b.M);
  const type = typeOf(a);
  if (type === undefined || type !== typeOf(b)) return false;
  const [ofA, ofB] = [Reflect.get(a, type), Reflect.get(b, type)];
  if (Array.isArray(ofA) && Array.isArray(ofB))
    return ofA.length === ofB.length && ofA.every((each) => ofB.includes(each));
  return ofA === ofB;
}

type Container = AttributeValue[] | Record<string, AttributeValue>;

function haveEqual(a: Container, b: Container): boolean {
  const entries = Object.entries(a);
  return (
    entries.length === Object.keys(b).length &&
    entries.every(([key, value]) => {
      const other = Object.hasOwn(b, key) ? Reflect.get(b, key) : undefined;
      return other !== undefined && isEqual(value, other);
    })
  );
}

/** Below zero, zero or above as `a` is smaller than, equal to or larger than `b`; NaN if they have no order. */
export function compareValues(a: AttributeValue, b: AttributeValue): number {
  if (a.N !== undefined && b.N !== undefined) return a.N === b.N ? 0 : db.compare('<', a, b) ? -1 : 1;
  const [bytesOfA, bytesOfB] = [toBytes(a), toBytes(b)];
  return bytesOfA && bytesOfB && typeOf(a) === typeOf(b) ? bytesOfA.compare(bytesOfB) : Number.NaN;
}

export function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if (value.S !== undefined && prefix.S !== undefined) return value.S.startsWith(prefix.S);
  if (value.B === undefined || prefix.B === undefined) return false;
  const [bytes, start] = [Buffer.from(value.B, 'base64'), Buffer.from(prefix.B, 'base64')];
  return bytes.subarray(0, start.length).equals(start);
}

/** A part of a text or a binary, or an element of a set or a list. */
export function contains(value: AttributeValue, part: AttributeValue): boolean {
  if (value.L) return value.L.some((element) => isEqual(element, part));
  if (part.S !== undefined) return (value.S ?? value.SS)?.includes(part.S) ?? false;
  if (part.N !== undefined) return value.NS?.includes(part.N) ?? false;
  if (part.B === undefined) return false;
  if (value.B !== undefined) return Buffer.from(value.B, 'base64').includes(Buffer.from(part.B, 'base64'));
  return value.BS?.includes(part.B) ?? false;
}

/** What `size` answers: characters, bytes or elements; undefined for a value that has no size. */
export function measureValue(value: AttributeValue): number | undefined {
  if (value.B !== undefined) return Buffer.byteLength(value.B, 'base64');
  if (value.M) return Object.keys(value.M).length;
  return (value.S ?? value.L ?? value.SS ?? value.NS ?? value.BS)?.length;
}

function toBytes({ S, B }: AttributeValue): Buffer | undefined {
  if (S !== undefined) return Buffer.from(S);
  return B === undefined ? undefined : Buffer.from(B, 'base64');
}
