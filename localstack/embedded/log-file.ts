/** A log file that many short texts are appended to. */
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const FLUSH_INTERVAL_MS = 100;

/**
 * Appends to one file, which is made with the first text. Texts are gathered for 100 ms and written at once. What the
 * disk does not take is lost, as kept it would fill the memory; the console says so.
 */
export class LogFile {
  readonly #path: string;
  #descriptor: number | undefined;
  #buffered = '';
  #timer: NodeJS.Timeout | undefined;
  #hasFailed = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** Writes `text`, which ends with a line end, within 100 ms. */
  write(text: string): void {
    this.#buffered += text;
    this.#timer ??= setTimeout(() => this.flush(), FLUSH_INTERVAL_MS).unref();
  }

  /** Writes what is buffered. Synchronous, so that it also works while the process exits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#buffered === '') return;
    const text = this.#buffered;
    this.#buffered = '';
    try {
      this.#descriptor ??= this.#open();
      // What has failed may have been written in part.
      writeFileSync(this.#descriptor, this.#hasFailed ? `\n${text}` : text);
      if (this.#hasFailed) console.warn(`${this.#path} is written again.`);
      this.#hasFailed = false;
    } catch (error) {
      if (!this.#hasFailed) console.warn(`${this.#path} cannot be written, lines are lost: ${String(error)}`);
      this.#hasFailed = true;
    }
  }

  /** Writes what is buffered and closes the file; a later text opens it again. */
  close(): void {
    this.flush();
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #open(): number {
    mkdirSync(dirname(this.#path), { recursive: true });
    return openSync(this.#path, 'a');
  }
}
