/** Texts whose length is counted as people count it. */
import * as z from 'zod/mini';

/**
 * A text of `minimum` to `maximum` Unicode characters, not UTF-16 units, which is how JSON Schema counts them too. A lone
 * surrogate is no character and could not be stored as UTF-8.
 */
export function characters(minimum: number, maximum: number): z.ZodMiniString {
  return z.string().check(
    z.refine((value) => value.isWellFormed(), { error: 'must be well-formed Unicode', abort: true }),
    z.refine(
      (value) => {
        const length = Array.from(value).length;
        return minimum <= length && length <= maximum;
      },
      { error: `must be ${minimum} to ${maximum} characters long` },
    ),
    z.meta({ minLength: minimum, maxLength: maximum }),
  );
}

/** A message's text, on every surface. */
export const messageText = characters(1, 4096);

/** A client's `Idempotency-Key` header. */
export const idempotencyKey = characters(1, 64);
