/** Finds headers of events by their names in any case: which case they have is shown by cases of its own. */

export function findHeaders(headers: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, findHeader(headers, name)]));
}

export function findHeader(headers: object, name: string): unknown {
  return Object.entries(headers).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
}
