/** The size limits of invocations (AWS page "Lambda quotas"). */

/** The largest request and response of a synchronous invocation in bytes: 6 MB. */
export const SYNCHRONOUS_PAYLOAD_LIMIT_BYTES = 6_291_456;

/** The largest request of an asynchronous invocation in bytes: 1 MB. */
export const ASYNCHRONOUS_PAYLOAD_LIMIT_BYTES = 1_048_576;

/** AWS allows responses 100 bytes more than it documents, and names that number in its error message. */
export const RESPONSE_LIMIT_BYTES = SYNCHRONOUS_PAYLOAD_LIMIT_BYTES + 100;

/** Whether `text` takes more than `limitBytes` in UTF-8. A short text is not even counted: a unit takes at most 3 bytes. */
export function exceedsBytes(text: string, limitBytes: number): boolean {
  return text.length * 3 > limitBytes && Buffer.byteLength(text) > limitBytes;
}
