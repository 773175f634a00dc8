/** Which messages of a batch the function reports as failed. */

/**
 * The ids in `{"batchItemFailures":[{"itemIdentifier":...}]}`, or `all` if the answer means that the whole batch failed:
 * it is malformed or names a message that is not in the batch. An answer without failures is a success (AWS page
 * "Handling errors for an SQS event source in Lambda", section "Success and failure conditions").
 */
export function readBatchItemFailures(payload: string, messageIds: ReadonlySet<string>): ReadonlySet<string> | 'all' {
  const response: unknown = JSON.parse(payload);
  if (response === null) return new Set();
  if (typeof response !== 'object') return 'all';
  const failures: unknown = Reflect.get(response, 'batchItemFailures') ?? [];
  if (!Array.isArray(failures)) return 'all';
  const failedIds = new Set<string>();
  for (const failure of failures) {
    const id = readItemIdentifier(failure);
    if (id === undefined || !messageIds.has(id)) return 'all';
    failedIds.add(id);
  }
  return failedIds;
}

function readItemIdentifier(failure: unknown): string | undefined {
  const id: unknown =
    typeof failure === 'object' && failure !== null ? Reflect.get(failure, 'itemIdentifier') : undefined;
  return typeof id === 'string' ? id : undefined;
}
