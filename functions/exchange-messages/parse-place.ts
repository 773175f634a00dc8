/** Reads off a query where in a chat its page is. */
import { RequestError } from '../../shared/runtime/request-error.ts';
import type { Place } from './page-range.ts';

interface PlaceQuery {
  readonly from?: string | undefined;
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  readonly around?: number | undefined;
}

/** @throws RequestError if the query names more than one place */
export function parsePlace({ from, before, after, around }: PlaceQuery): Place {
  const named = Object.entries({ from, before, after, around }).filter(([, value]) => value !== undefined);
  if (named.length > 1) {
    const [first = '', second = ''] = named.map(([name]) => name);
    const message = `cannot be given together with ${first}`;
    throw new RequestError(422, [{ location: ['query', second], message, type: 'invalid_value' }]);
  }
  if (before !== undefined) return { kind: 'before', seq: before };
  if (after !== undefined) return { kind: 'from', seq: after + 1 };
  if (around !== undefined) return { kind: 'around', seq: around };
  // An iterator is the number of the first message that the page before did not hold.
  return { kind: 'from', seq: from === undefined ? 1 : Number(from) };
}
