/** How DynamoDB refuses a request, without what differs between its own answers and those of AWS's emulator. */
import { expect } from 'vitest';

/**
 * `<name>: <reason>` of the error that a call rejects with, or undefined. The reason ends at the first semicolon: what
 * follows it (the token, the operand, the sizes) is for a reader, and DynamoDB Local writes some of it otherwise.
 */
export async function refusalOf(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const [reason] = error.message.replace(/^\d+ validation errors? detected: /, '').split(';');
    return `${error.name}: ${reason}`;
  }
}

/** A refusal that DynamoDB Local words otherwise than DynamoDB; AWS documents no texts. */
export const REFUSED: unknown = expect.stringMatching(/^ValidationException: /);
