/** The query string of a proxy event. */

export interface QueryStringParameters {
  readonly queryStringParameters: Record<string, string> | null;
  readonly multiValueQueryStringParameters: Record<string, string[]> | null;
}

const NO_PARAMETERS: QueryStringParameters = {
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
};

/**
 * Names and values are URL-decoded and the last of several values stands in the single form. A semicolon separates
 * like an ampersand ("Amazon API Gateway important notes").
 */
export function parseQueryString(url: string): QueryStringParameters {
  const start = url.indexOf('?');
  if (start === -1 || start === url.length - 1) return NO_PARAMETERS;
  const multi = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(url.slice(start + 1).replaceAll(';', '&'))) {
    const values = multi.get(name);
    if (values) values.push(value);
    else multi.set(name, [value]);
  }
  if (multi.size === 0) return NO_PARAMETERS;
  return {
    queryStringParameters: Object.fromEntries(Array.from(multi, ([name, values]) => [name, values.at(-1) ?? ''])),
    multiValueQueryStringParameters: Object.fromEntries(multi),
  };
}
