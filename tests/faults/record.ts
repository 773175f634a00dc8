/** What the clients did and heard. */
import type { SendMessageAnswer } from '../../shared/contract/open-stream.ts';

/** One HTTP request. Times are milliseconds since 1970. */
export interface Call {
  /** Counted from 1. */
  readonly number: number;
  readonly sender: string;
  readonly text: string;
  readonly key: string | undefined;
  readonly startedAtMs: number;
  /** When the client had the answer, or gave up waiting. */
  endedAtMs: number;
  /** Undefined without an answer. */
  status?: number;
  /** Of a 200. */
  answer?: SendMessageAnswer;
  /** Of another answer, or why there is none. */
  failure?: string;
}

export class CallRecord {
  readonly calls: Call[] = [];

  begin(sender: string, text: string, key: string | undefined): Call {
    const number = this.calls.length + 1;
    const call = { number, sender, text, key, startedAtMs: Date.now(), endedAtMs: Infinity };
    this.calls.push(call);
    return call;
  }
}

/** As it stands in a report. */
export function describeCall({ number, sender, text, key, status, answer, failure }: Call): string {
  const outcome = answer === undefined ? `${status ?? 'no answer'} ${failure ?? ''}` : `id ${answer.Message_sent[0]}`;
  const shownKey = key === undefined ? '' : ` key ${key}`;
  return `call ${number}: ${sender} "${text.slice(0, 24)}"${shownKey}: ${outcome}`;
}
