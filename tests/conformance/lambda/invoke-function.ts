/** Invokes a function of the probe app and leaves out of the answer what differs from run to run. */
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { InvokeCommandInput, InvokeCommandOutput } from '@aws-sdk/client-lambda';
import type { Engine } from '../conformance-case.ts';

export interface Invoked {
  /** The answer as JSON text. */
  readonly payload: string;
  readonly functionError: string | undefined;
  readonly output: InvokeCommandOutput;
}

/** @param event becomes JSON; the request has no payload if it is undefined */
export async function invoke(
  { lambda }: Engine,
  functionName: string,
  event?: unknown,
  options: Partial<InvokeCommandInput> = {},
): Promise<Invoked> {
  const output = await lambda.send(
    new InvokeCommand({
      FunctionName: functionName,
      ...(event !== undefined && { Payload: JSON.stringify(event) }),
      ...options,
    }),
  );
  // The SDK gives null for the 204 of a dry run, whatever its type says.
  return { payload: Buffer.from(output.Payload ?? []).toString(), functionError: output.FunctionError, output };
}

/** What the function returned, or its error with the stack shortened to `<stack>`. */
export async function observeResult(engine: Engine, functionName: string, event?: unknown): Promise<unknown> {
  const { payload, functionError } = await invoke(engine, functionName, event);
  const result: unknown = JSON.parse(payload);
  return functionError === undefined ? result : { functionError, ...shortenError(result) };
}

/** The error with which the service refuses a call. */
export async function observeRefusal(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
    return 'not refused';
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const metadata: unknown = Reflect.get(error, '$metadata');
    const status: unknown =
      typeof metadata === 'object' && metadata !== null && Reflect.get(metadata, 'httpStatusCode');
    return { name: error.name, status, message: error.message };
  }
}

/** Request ids, and all of a stack below the message, become placeholders. */
function shortenError(error: unknown): object {
  const shortened: unknown = JSON.parse(JSON.stringify(error), (key, value: unknown) => {
    if (key === 'trace' && Array.isArray(value)) return shortenStack(value);
    return typeof value === 'string' ? value.replaceAll(FOLDER, '<folder>/').replace(UUID, '<id>') : value;
  });
  return typeof shortened === 'object' && shortened !== null ? shortened : { error: shortened };
}

/** An absolute path of a folder, such as that of the code. */
const FOLDER = /(?<![\w.~:/-])\/(?:[\w.~-]+\/)+/g;

/** A UUID, such as a request id. */
export const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

/** The lines before the first place in the code, and `<stack>` for all others. */
export function shortenStack(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => /^ +at /.test(line));
  return first === -1 ? [...lines] : [...lines.slice(0, first), '<stack>'];
}
