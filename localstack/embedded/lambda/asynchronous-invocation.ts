/** Asynchronous invocation: nobody waits for the answer, and a failed function runs again. */
import { setTimeout as delay } from 'node:timers/promises';
import { LambdaServiceError } from './service-errors.ts';
import type { InvokeOptions, InvokeResult } from './function-settings.ts';
import type { LambdaService } from './lambda-service.ts';

/** AWS waits one and two minutes (page "How Lambda handles errors and retries with asynchronous invocation"). */
const RETRY_DELAYS_MS = [250, 500];
/** AWS tries a throttled event again for up to six hours, after a second at first (the same page); here it is for good. */
const THROTTLE_DELAY_MS = 1_000;

/** Runs the function up to three times under the same request id, until it succeeds or the service is stopped. */
export async function invokeAsynchronously(
  service: LambdaService,
  functionName: string,
  payload: string,
  options: InvokeOptions,
): Promise<void> {
  try {
    for (const delayMs of [...RETRY_DELAYS_MS, undefined]) {
      const { functionError } = await invokeUnlessThrottled(service, functionName, payload, options);
      if (functionError === undefined || delayMs === undefined) return;
      await delay(delayMs, undefined, { ref: false });
    }
  } catch {
    // Rejected as the service stops: there is nobody to tell, and AWS drops such events too when a function is deleted.
  }
}

async function invokeUnlessThrottled(
  service: LambdaService,
  functionName: string,
  payload: string,
  options: InvokeOptions,
): Promise<InvokeResult> {
  for (;;) {
    try {
      return await service.invoke(functionName, payload, options);
    } catch (error) {
      if (!(error instanceof LambdaServiceError && error.name === 'TooManyRequestsException')) throw error;
      await delay(THROTTLE_DELAY_MS, undefined, { ref: false });
    }
  }
}
