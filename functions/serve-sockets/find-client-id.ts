/** Finds what a client calls a frame that may be wrong in any way, so that it knows which one was refused. */
import * as z from 'zod/mini';
import { parseText } from '../../shared/runtime/parse-request.ts';

const named = z.object({ client_id: z.optional(z.string()), payload: z.optional(z.string()) });

/** Undefined if it cannot be told. */
export function findClientId(text: string): string | undefined {
  try {
    const { client_id: clientId, payload } = parseText(text, named);
    return clientId ?? (payload === undefined ? undefined : findClientId(payload));
  } catch {
    return undefined;
  }
}
