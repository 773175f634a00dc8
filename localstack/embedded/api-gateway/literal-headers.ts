/** Reads response parameters that set headers to literals, such as CORS headers. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { UnsupportedFeatureError } from './unsupported-feature-error.ts';

/**
 * Turns `{ "method.response.header.Vary": "'Origin'" }` into `['Vary', 'Origin']`.
 *
 * @param where the part of the API for error messages
 * @param prefix what stands before a header's name: `method.response.header.` or `gatewayresponse.header.`
 * @throws {UnsupportedFeatureError} for every other mapping
 * @throws {TypeError} for a header that HTTP does not allow
 */
export function parseLiteralHeaders(
  where: string,
  prefix: string,
  responseParameters: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(responseParameters).flatMap(([parameter, value]) => {
    const literal = /^'(?<text>.*)'$/.exec(value)?.groups?.['text'];
    if (!parameter.startsWith(prefix) || literal === undefined) {
      const feature = `the response parameter ${parameter} = ${value}`;
      throw new UnsupportedFeatureError(where, feature, "map headers to literals in single quotes, like 'value'");
    }
    const name = parameter.slice(prefix.length);
    validateHeaderName(name);
    validateHeaderValue(name, literal);
    return [name, literal];
  });
}
