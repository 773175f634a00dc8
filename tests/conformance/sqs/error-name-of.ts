/** With which error SQS refuses a call. */

/** The name of the error that a call rejects with, or `accepted`. AWS documents no texts. */
export async function errorNameOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'accepted';
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.name;
  }
}
