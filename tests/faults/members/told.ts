/** What somebody was told to be reached already, after which nobody may be told of less. */
import type { Call } from '../record.ts';

export interface Told {
  readonly value: number;
  readonly call: Call;
}

/** The greatest value that was told by a call before another one began. */
export function greatestBefore(told: readonly Told[], { startedAtMs }: Call): Told | undefined {
  let greatest: Told | undefined;
  for (const each of told)
    if (each.call.endedAtMs < startedAtMs && each.value > (greatest?.value ?? 0)) greatest = each;
  return greatest;
}
