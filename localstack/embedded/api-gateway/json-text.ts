/**
 * Writes JSON from parts that are text already. Most of an event is the same for every request of a method, and
 * writing only the rest anew takes about half of the time of building and stringifying the whole object.
 */

/** Everything but the quote, the backslash, control characters and surrogates. */
const PLAIN_TEXT = /^[ !#-[\]-\uD7FF\uE000-\uFFFF]*$/;

/** A string as JSON. */
export function quote(text: string): string {
  return PLAIN_TEXT.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** The members of an object as JSON without its braces, for {@link joinObject}. */
export function renderMembers(object: object): string {
  return JSON.stringify(object).slice(1, -1);
}

/** An object from members that are rendered already, of which there must be some, and from named JSON texts. */
export function joinObject(renderedMembers: string, texts: Readonly<Record<string, string>>): string {
  let json = `{${renderedMembers}`;
  for (const name of Object.keys(texts)) json += `,"${name}":${texts[name]}`;
  return `${json}}`;
}
