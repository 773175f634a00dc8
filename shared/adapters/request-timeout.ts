/** How long the SDK's HTTP clients wait; by default they wait for ever. */

/** Options for a client's `requestHandler` under which a request fails after `timeoutMs`. */
export function withTimeout(timeoutMs: number) {
  return { connectionTimeout: timeoutMs, requestTimeout: timeoutMs, throwOnRequestTimeout: true };
}
