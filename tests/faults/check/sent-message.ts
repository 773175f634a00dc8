/** Calls put together by the message that they were to store. */
import type { Call } from '../record.ts';

export interface SentMessage {
  readonly sender: string;
  readonly text: string;
  readonly key: string | undefined;
  /** One, or several repeats with the same key; oldest first. */
  readonly calls: readonly Call[];
  /** Those that were answered with 200. */
  readonly acknowledged: readonly Call[];
  /** When the first of them began. */
  readonly startedAtMs: number;
  /** When the first 200 had come; Infinity without one. */
  readonly acknowledgedAtMs: number;
}

/** Texts are unique, but for repeats with the same key. */
export function groupCalls(calls: readonly Call[]): SentMessage[] {
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
