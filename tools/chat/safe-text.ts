/** Texts and names of others, made safe for a terminal: what they hold is shown, and never done. */

/** Where the pictures of the control characters begin in Unicode: that of ESC is U+241B. */
const PICTURES = 0x2400;
const PICTURE_OF_DELETE = '\u2421';
const REPLACEMENT = '\ufffd';

/**
 * Control characters, to which escape sequences belong (C0, DELETE, C1), and what turns the direction of writing, so that
 * a text could look like another one; and line separators, which some terminals take for line breaks.
 */
const UNSAFE = new RegExp(String.raw`[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]`, 'g');

/** On one line. */
export function makeSafe(text: string): string {
  return text.toWellFormed().replace(UNSAFE, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(PICTURES + code);
    return code === 0x7f ? PICTURE_OF_DELETE : REPLACEMENT;
  });
}

/** Line by line; tabs are four spaces. */
export function makeSafeLines(text: string): readonly string[] {
  return text
    .replaceAll('\t', '    ')
    .split(/\r\n|[\n\u2028\u2029]/)
    .map(makeSafe);
}
