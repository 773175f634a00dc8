/** Finds out what kind of fault an error is. */

/** The code of an error, such as ECONNRESET, which may stand in what caused it. */
export function findErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return findErrorCode(error.errors[0]);
  return findErrorCode(error.cause);
}
