/** Reads the errors that clients get from API Gateway itself. */

/** What the JSON of a text says, without the ids that differ from run to run; any other text stays as it is. */
export function parseErrorText(text: string | undefined, connectionId?: string): unknown {
  try {
    const error: Record<string, unknown> = JSON.parse(text ?? '');
    return { ...error, ...(error['connectionId'] === connectionId && { connectionId: '<own>' }) };
  } catch {
    return text;
  }
}
