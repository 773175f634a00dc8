/** What users sign in with: the same on every surface, because whoever registered at one may sign in at another. */
import * as z from 'zod/mini';
import { characters } from './characters.ts';

/** As long as an email address may be (RFC 5321, erratum 1690), which is the user name of whoever signed up with one. */
const MAX_NAME_LENGTH = 254;

/**
 * Characters that do not show, or not as the same to everybody: control and formatting ones, those for private use, and the
 * planes of tags. By number rather than by \p{C}, so that whoever reads the pattern in the API's description takes it as
 * the same, whatever the language and its version of Unicode.
 */
const HIDDEN =
  String.raw`\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ue000-\uf8ff\ufeff\ufff9-\uffff` +
  [0xe0000, 0x10ffff].map((code) => String.fromCodePoint(code)).join('-');

/** @param error what a name must be that is not of this form */
function name(form: RegExp, error: string): z.ZodMiniString {
  return characters(1, MAX_NAME_LENGTH).check(
    z.regex(form, { error }),
    // A few characters stand for many: "ﷺ" for 18.
    z.refine(
      (text) => countCharacters(text) > MAX_NAME_LENGTH || countCharacters(text.normalize('NFKC')) <= MAX_NAME_LENGTH,
      {
        error: `must be at most ${MAX_NAME_LENGTH} characters long, written out`,
      },
    ),
  );
}

function countCharacters(text: string): number {
  return Array.from(text).length;
}

/** Names are compared without regard to case and to ways of writing the same characters. */
export const userName = name(
  // Of none of them at all, its length says enough.
  new RegExp(`^(?:[^\\s${HIDDEN}](?:[^${HIDDEN}]*[^\\s${HIDDEN}])?)?$`, 'u'),
  'must not begin or end with a space, and hold no control or invisible characters',
).check(
  z.meta({
    description: 'Unique, whatever its case; no spaces at its ends, no control or invisible characters',
    examples: ['ann'],
  }),
);

/** A user name that is an email address. */
export const email = name(new RegExp(`^[^\\s@${HIDDEN}]+@[^\\s@${HIDDEN}]+$`, 'u'), 'must be an email address').check(
  z.meta({ description: 'Unique, whatever its case', examples: ['bob@email.com'] }),
);

export const password = characters(1, 256).check(z.meta({ format: 'password' }));
