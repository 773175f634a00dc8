/**
 * The file that holds the answers to a load: a JSON array, each element an answer as it came, on a line of its own.
 * So it is written and read as a stream, and a file whose writing was cut off can still be read.
 */
import { once } from 'node:events';
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

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

export interface SavedAnswer {
  /** Its line in the file; the first answer stands in line 2. */
  readonly line: number;
  /** The answer as it came. */
  readonly text: string;
  /** Bytes of the file up to its end. */
  readonly endBytes: number;
  /** Whether the file ends here without the array's end, so that the text may be only the beginning of an answer. */
  readonly mayBeCut: boolean;
}

/** The answers of a file, one after another; rejects if it cannot be read. */
export async function* readAnswerFile(path: string): AsyncGenerator<SavedAnswer> {
  let line = 0;
  let endBytes = 0;
  let last: SavedAnswer | undefined;
  for await (const content of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    line++;
    endBytes += Buffer.byteLength(content) + 1;
    if (content === '[') continue;
    if (last !== undefined) yield last;
    last = content === ']' ? undefined : { line, text: content.replace(/,$/, ''), endBytes, mayBeCut: false };
  }
  if (last !== undefined) yield { ...last, mayBeCut: true };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
