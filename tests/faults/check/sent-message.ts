/** Calls put together by the message that they were to store. */
import type { SendCall } from '../record.ts';

export interface SentMessage {
  readonly sender: string;
  readonly text: string;
  readonly key: string | undefined;
  /** One, or several repeats with the same key; oldest first. */
  readonly calls: readonly SendCall[];
  /** Those that succeeded. */
  readonly acknowledged: readonly SendCall[];
  /** When the first of them began. */
  readonly startedAtMs: number;
  /** When the first success was heard; Infinity without one. */
  readonly acknowledgedAtMs: number;
}

/** Texts are unique, but for repeats with the same key. */
export function groupCalls(calls: readonly SendCall[]): SentMessage[] {
  return [...Map.groupBy(calls, ({ sender, text }) => JSON.stringify([sender, text])).values()].map((group) => {
    const acknowledged = group.filter(({ answer }) => answer !== undefined);
    const { sender, text, key } = group[0]!;
    return {
      sender,
      text,
      key,
      calls: group,
      acknowledged,
      startedAtMs: Math.min(...group.map(({ startedAtMs }) => startedAtMs)),
      acknowledgedAtMs: Math.min(...acknowledged.map(({ endedAtMs }) => endedAtMs)),
    };
  });
}
