/** Shows a client what it has sent. */

const MAX_CHARACTERS = 50;

/** As JSON, cut where it is long. */
export function quote(value: unknown): string {
  if (value === undefined) return 'undefined';
  const text = JSON.stringify(value);
  return text.length <= MAX_CHARACTERS ? text : `${text.slice(0, MAX_CHARACTERS)}...`;
}
