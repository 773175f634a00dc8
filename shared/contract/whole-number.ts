/** Whole numbers as they stand in paths and query strings. */
import * as z from 'zod/mini';

/** Decimal digits and nothing else: what JavaScript takes for a number besides, such as "" or "0x10", is refused. */
export function wholeNumber(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER) {
  return z.pipe(z.transform(readDigits), z.int().check(z.gte(minimum), z.lte(maximum)));
}

/** The same, where it may be left out. */
export function wholeNumberOr(usual: number, minimum: number, maximum?: number) {
  // JSON Schema is not told a default that stands outside of a transformation.
  return z._default(wholeNumber(minimum, maximum), usual).check(z.meta({ override: { default: usual } }));
}

function readDigits(text: unknown): unknown {
  return typeof text === 'string' && /^-?\d+$/.test(text) ? Number(text) : text;
}
