/** How long a server asks to wait. */

/** `Retry-After`, a number of seconds or a date (RFC 9110, 10.2.3), in milliseconds from now; undefined if there is none. */
export function readRetryAfterMs({ headers }: Response): number | undefined {
  const value = headers.get('Retry-After');
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
