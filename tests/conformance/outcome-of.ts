/** What comes of a call, for cases in which an error is one of the things that may be seen. */

/** What a call resolves to, or `<name>: <message>` of the error that it rejects with. */
export async function outcomeOf<T>(call: Promise<T>): Promise<T | string> {
  return call.catch((error: unknown) => {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
    throw error;
  });
}
