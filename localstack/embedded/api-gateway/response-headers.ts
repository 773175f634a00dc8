/** The headers that API Gateway renames or drops from a function's answer. */

const REMAPPED = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'max-forwards',
  'server',
  'user-agent',
  'www-authenticate',
  'x-amzn-requestid',
]);

const DROPPED = new Set([
  'expect',
  'host',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

/**
 * Rewrites a function's headers ("Amazon API Gateway important notes", the table's Lambda column; Content-Length is
 * remapped in practice, though the table says otherwise) and adds the Content-Type that every answer has.
 *
 * @param headers name, value, name, value...
 */
export function rewriteResponseHeaders(headers: readonly string[]): string[] {
  const rewritten: string[] = [];
  let hasContentType = false;
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    const value = headers[index + 1] ?? '';
    const lowerCaseName = name.toLowerCase();
    if (lowerCaseName === 'content-type') hasContentType = true;
    if (REMAPPED.has(lowerCaseName)) rewritten.push(`x-amzn-Remapped-${name}`, value);
    else if (!DROPPED.has(lowerCaseName)) rewritten.push(name, value);
  }
  if (!hasContentType) rewritten.push('Content-Type', 'application/json');
  return rewritten;
}
