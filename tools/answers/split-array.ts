/** Takes the text of a JSON array apart. */

/** Strings, of which the last may lack its end, and what gives JSON its structure. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"?|[[\]{},]/gs;

/**
 * The text of each element, because JSON.parse does not tell in which order an object has its keys.
 * @returns the elements that have an end, and whether the array has one; unspecified for what is not the beginning of an array
 */
export function splitArray(text: string): { elements: string[]; isComplete: boolean } {
  const elements: string[] = [];
  let depth = 0;
  let start = 0;
  const endElement = (end: number): void => {
    const element = text.slice(start, end).trim();
    if (element !== '') elements.push(element);
    start = end + 1;
  };
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (token === '[' || token === '{') {
      if (depth++ === 0) start = index + 1;
    } else if (token === ']' || token === '}') {
      if (--depth === 0) endElement(index);
    } else if (token === ',' && depth === 1) endElement(index);
  }
  return { elements, isComplete: depth <= 0 };
}
