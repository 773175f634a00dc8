/** Reads values of settings, from environment variables and command lines alike. */

/** @param name of the setting, as the user writes it. @throws Error that says what was got and what is taken */
export function parseNumber(name: string, text: string, minimum: number, maximum: number): number {
  const value = Number(text.trim());
  if (text.trim() === '' || !Number.isInteger(value) || value < minimum || value > maximum)
    throw new Error(`${name}: got "${text}"; it takes a whole number from ${minimum} to ${maximum}`);
  return value;
}

/** CDK context by name, from `NAME=VALUE` each. @throws Error for one that is no assignment */
export function parseContext(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.map(parseAssignment));
}

function parseAssignment(text: string): [string, string] {
  const separator = text.indexOf('=');
  if (separator < 1) throw new Error(`--context: got "${text}"; it takes NAME=VALUE`);
  return [text.slice(0, separator), text.slice(separator + 1)];
}
