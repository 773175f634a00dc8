/** A terminal without a window, for tests. */
import { Writable } from 'node:stream';
import headless from '@xterm/headless';

export class SmallTerminal extends Writable {
  readonly columns: number;
  readonly isTTY = true;
  readonly #terminal: headless.Terminal;

  constructor(columns: number) {
    super({ decodeStrings: false });
    this.columns = columns;
    // As the system does it for a real one, a line feed goes to the beginning of the next row.
    this.#terminal = new headless.Terminal({ cols: columns, rows: 40, convertEol: true, allowProposedApi: true });
  }

  /** What is on it, down to the last row that is not empty; without the spaces at the ends. */
  get rows(): readonly string[] {
    const { active } = this.#terminal.buffer;
    const rows = Array.from(
      { length: active.length },
      (_, index) => active.getLine(index)?.translateToString().trimEnd() ?? '',
    );
    return rows.slice(0, rows.findLastIndex((row) => row !== '') + 1);
  }

  override _write(chunk: string, _encoding: BufferEncoding, done: () => void): void {
    this.#terminal.write(chunk, done);
  }
}
