/** What the clients did and heard. */

/** One HTTP request. Times are milliseconds since 1970. */
export interface Call {
  /** Counted from 1. */
  readonly number: number;
  /** What was asked for, as it stands in a report. */
  readonly asked: string;
  readonly startedAtMs: number;
  /** When the client had the answer, or gave up waiting. */
  endedAtMs: number;
  /** Undefined without an answer. */
  status?: number;
  /** What the answer said, in short, or why there is none. */
  heard?: string;
}

/** A request to store a message. */
export interface SendCall extends Call {
  readonly sender: string;
  readonly text: string;
  readonly key: string | undefined;
  /** What a success was answered with. */
  answer?: object;
}

/** Numbers calls in the order in which they begin. */
export class CallRecord {
  #calls = 0;

  /** The calls begun so far. */
  get count(): number {
    return this.#calls;
  }

  begin<What extends object>(asked: string, what: What): Call & What {
    return { number: ++this.#calls, asked, startedAtMs: Date.now(), endedAtMs: Infinity, ...what };
  }
}

const SHOWN_CHARACTERS = 24;

/** A text as it stands in a report. */
export function showText(text: string): string {
  return `"${text.slice(0, SHOWN_CHARACTERS)}"`;
}

/** As it stands in a report. */
export function describeCall({ number, asked, status, heard = '' }: Call): string {
  return `call ${number}: ${asked}: ${status ?? 'no answer'} ${heard}`;
}
