/** Asynchronous invocation: nobody waits for the answer, and a failed function runs again. */
import { setTimeout as delay } from 'node:timers/promises';
import type { InvokeOptions } from './function-settings.ts';
import type { LambdaService } from './lambda-service.ts';

/** AWS waits one and two minutes (page "How Lambda handles errors and retries with asynchronous invocation"). */
const RETRY_DELAYS_MS = [250, 500];

/** Runs the function up to three times under the same request id, until it succeeds or the service is stopped. */
export async function invokeAsynchronously(
  service: LambdaService,
  functionName: string,
  payload: string,
  options: InvokeOptions,
): Promise<void> {
  try {
    for (const delayMs of [...RETRY_DELAYS_MS, undefined]) {
      const { functionError } = await service.invoke(functionName, payload, options);
      if (functionError === undefined || delayMs === undefined) return;
      await delay(delayMs, undefined, { ref: false });
    }
  } catch {
    // Rejected as the service stops: there is nobody to tell, and AWS drops such events too when a function is deleted.
  }
}
