/** One request to a function on its way through the engine. */
import type { InvokeResult } from './function-settings.ts';

/** How many bytes of its logs an invocation returns (AWS page "Invoke", parameter LogType). */
const LOG_TAIL_BYTES = 4096;

/** Changed by the execution environment that serves it. */
export interface Invocation {
  readonly requestId: string;
  readonly payload: string;
  /** JSON text. */
  readonly clientContext: string | undefined;
  readonly onStart: (() => void) | undefined;
  readonly resolve: (result: InvokeResult) => void;
  readonly reject: (error: Error) => void;
  /** When the handler got it and when it must be answered, in milliseconds since 1970; 0 before. */
  startedAtMs: number;
  deadlineMs: number;
  logs: string;
}

/** Adds to the logs of an invocation, of which only the end is kept. */
export function appendLogs(invocation: Invocation, text: string): void {
  invocation.logs = (invocation.logs + text).slice(-LOG_TAIL_BYTES);
}

/** Answers an invocation; an `errorType` other than the empty text marks it as failed. */
export function answerInvocation({ requestId, resolve, logs }: Invocation, payload: string, errorType: string): void {
  const logTail = logs === '' ? '' : Buffer.from(logs).subarray(-LOG_TAIL_BYTES).toString();
  resolve(
    errorType === '' ? { requestId, payload, logTail } : { requestId, payload, functionError: 'Unhandled', logTail },
  );
}
