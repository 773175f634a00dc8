/** Decides which payloads are binary to a REST API ("Working with binary media types for REST APIs"). */

export type BinaryTypeCheck = (header: string | undefined) => boolean;

/**
 * Compiles the API's binaryMediaTypes to a check of a Content-Type or Accept header. Only the header's first media
 * type counts, without its parameters; an absent header means application/json.
 */
export function createBinaryTypeCheck(binaryMediaTypes: readonly string[]): BinaryTypeCheck {
  const types = new Set(binaryMediaTypes.map((type) => type.replaceAll('~1', '/').toLowerCase()));
  if (types.size === 0) return () => false;
  if (types.has('*/*')) return () => true;
  return (header = 'application/json') => types.has((/^[^;,]*/.exec(header)?.[0] ?? '').trim().toLowerCase());
}
