/** Finds what a client calls a frame that may be wrong in any way, so that it knows which one was refused. */
import * as z from 'zod/mini';
import { clientId } from '../../shared/contract/counters/frames.ts';
import { parseText } from '../../shared/runtime/parse-request.ts';

const named = z.object({ client_id: clientId, payload: z.optional(z.string()) });

/** Undefined if it cannot be told, or cannot be a name. */
export function findClientId(text: string): string | undefined {
  try {
    const { client_id: name, payload } = parseText(text, named);
    return name ?? (payload === undefined ? undefined : findClientId(payload));
  } catch {
    return undefined;
  }
}
