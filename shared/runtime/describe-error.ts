/** What of an error may be logged. */

export interface ErrorDescription {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause: ErrorDescription | undefined;
}

/**
 * Names, messages and stacks, down the chain of causes. No other property: an error of the store carries the item that
 * refused a write, with its texts.
 */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error))
    return { name: typeof error, message: String(error), stack: undefined, cause: undefined };
  const { name, message, stack, cause } = error;
  return { name, message, stack, cause: cause === undefined ? undefined : describeError(cause) };
}
