/**
 * Writes that have been answered and are not in LevelDB yet, in files of a folder: one line of JSON for those that were
 * answered together. What stands there outlives the process, as what stands in LevelDB's own log does.
 */
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { WriteOperation } from 'dynalite/db/index.js';

const FILE_NAME = /^(\d+)\.journal$/;

/** The disk has not taken a write. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

export class Journal {
  readonly #folder: string;
  #number = 0;
  #file: number | undefined;
  #lengthBytes = 0;
  #failure: JournalError | undefined;

  /** @param folder made if missing; one process at a time may use it */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Of what was appended since the last turn. */
  get lengthBytes(): number {
    return this.#lengthBytes;
  }

  /**
   * What an earlier process has left, oldest first; to be called once, before all else. A line that it did not finish was
   * never answered.
   * @throws Error if a line cannot be read, as after a power cut
   */
  read(): WriteOperation[] {
    mkdirSync(this.#folder, { recursive: true });
    const numbers = this.#numbers();
    this.#number = numbers.at(-1) ?? 0;
    return numbers.flatMap((number) => readLines(this.#pathOf(number)));
  }

  /** @throws JournalError if the disk takes no more; then also ever after, as a part of the line may stand there */
  append(operations: readonly WriteOperation[]): void {
    if (this.#failure !== undefined) throw this.#failure;
    const line = Buffer.from(`${JSON.stringify(operations)}\n`);
    try {
      this.#file ??= openSync(this.#pathOf(++this.#number), 'wx');
      for (let written = 0; written < line.length;) written += writeSync(this.#file, line, written);
    } catch (error) {
      this.#failure = new JournalError(error instanceof Error ? error.message : String(error), { cause: error });
      throw this.#failure;
    }
    this.#lengthBytes += line.length;
  }

  /** Begins a new file with the next write. @returns what deletes all files up to now, once their writes are in LevelDB */
  turn(): () => void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    this.#lengthBytes = 0;
    const last = this.#number;
    return () => {
      for (const number of this.#numbers()) if (number <= last) rmSync(this.#pathOf(number));
    };
  }

  #numbers(): number[] {
    return readdirSync(this.#folder)
      .flatMap((name) => FILE_NAME.exec(name)?.[1] ?? [])
      .map(Number)
      .toSorted((a, b) => a - b);
  }

  #pathOf(number: number): string {
    return join(this.#folder, `${number}.journal`);
  }
}

function readLines(file: string): WriteOperation[] {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.flatMap((line, index): WriteOperation[] => {
    try {
      return JSON.parse(line);
    } catch {
      throw new Error(
        `line ${index + 1} of ${file} cannot be read, as after a power cut; without the file the data are those before it`,
      );
    }
  });
}
