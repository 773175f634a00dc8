/**
 * The file that holds the answers to a load: a JSON array, each element an answer as it came, on a line of its own.
 * So it can be written and read as a stream.
 */
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { isJson } from './is-json.ts';

/** Whitespace in JSON, on which a line would end. */
const LINE_BREAKS = /[\r\n]+/g;
/** Characters of JSON strings on which node:readline ends a line too. */
const SEPARATORS = /[\u2028\u2029]/g;

/** So much that connections seldom wait for the file. */
const BUFFER_BYTES = 1024 * 1024;

/** Writes answers in the order in which they are given. */
export class AnswerFile {
  readonly #stream: WriteStream;
  #isEmpty = true;
  #drained: Promise<unknown> | undefined;

  private constructor(stream: WriteStream) {
    this.#stream = stream;
  }

  /** Begins a new file in the place of an old one; rejects if it cannot be written. */
  static async create(path: string): Promise<AnswerFile> {
    const stream = createWriteStream(path, { highWaterMark: BUFFER_BYTES });
    await once(stream, 'open');
    stream.write('[');
    return new AnswerFile(stream);
  }

  /** Resolves when more may be written. What is not JSON is saved as a JSON string. */
  async write(text: string): Promise<void> {
    const line = (isJson(text) ? text : JSON.stringify(text))
      .replaceAll(LINE_BREAKS, ' ')
      .replaceAll(SEPARATORS, (separator) => `\\u${separator.charCodeAt(0).toString(16)}`);
    const takesMore = this.#stream.write(`${this.#isEmpty ? '' : ','}\n${line}`);
    this.#isEmpty = false;
    if (takesMore) return;
    this.#drained ??= once(this.#stream, 'drain').finally(() => (this.#drained = undefined));
    await this.#drained;
  }

  /** Completes the array; resolves when all of it is written. */
  async close(): Promise<void> {
    this.#stream.end('\n]\n');
    await once(this.#stream, 'close');
  }
}
