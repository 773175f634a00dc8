/** Where the chat is shown: a terminal, or plain streams. */
import { stripVTControlCharacters } from 'node:util';
import wrapAnsi from 'wrap-ansi';
import { type Look, renderNotice, renderStatus, type Status } from './render.ts';

export interface Screen {
  readonly look: Look;
  /** Adds rows to what is shown. */
  print(rows: readonly string[]): void;
  /** Says something that is no message. */
  notice(text: string): void;
  setStatus(status: Status): void;
}

/** What a terminal's line editor has of it: readline's Interface. */
export interface LineEditor {
  /** Where the cursor is, counted from the beginning of the prompt. */
  getCursorPos(): { readonly rows: number; readonly cols: number };
  /**
   * How many rows below the beginning of the prompt the editor takes the cursor to be when it writes all anew. It is not
   * documented; without it, what is typed could not be written again below other rows.
   */
  prevRows?: number;
  setPrompt(prompt: string): void;
  prompt(preserveCursor?: boolean): void;
}

export interface TerminalOutput {
  /** How wide it is. */
  readonly columns?: number;
  write(text: string): unknown;
}

/** Up by so many rows, to the first column, and clear all that follows. */
function goUpAndClear(rows: number): string {
  return `${rows > 0 ? `\u001b[${rows}A` : ''}\r\u001b[J`;
}

/** How many rows the cursor is below the beginning of a text that has been written. */
function countRows(text: string, columns: number | undefined): number {
  const rows = stripVTControlCharacters(text).split('\n');
  // The editor begins a new row as soon as one is full; a mark at the end shows where that is.
  return wrapAnsi(`${rows.join('\n')}|`, columns ?? 80, WHOLE_ROWS).split('\n').length - 1;
}

const WHOLE_ROWS = { hard: true, trim: false, wordWrap: false };

/** Rows are written above the input, which stays as it is, below a row with the status. */
export class TerminalScreen implements Screen {
  readonly #output: TerminalOutput;
  readonly #paint: Look['paint'];
  readonly #editor: LineEditor;
  #prompt = '';
  #hasEnded = false;

  constructor(output: TerminalOutput, editor: LineEditor, paint: Look['paint']) {
    this.#output = output;
    this.#editor = editor;
    this.#paint = paint;
  }

  get look(): Look {
    return { paint: this.#paint, columns: this.#output.columns ?? 80 };
  }

  print(rows: readonly string[]): void {
    const text = rows.map((row) => `${row}\r\n`).join('');
    if (this.#hasEnded) {
      this.#output.write(text);
      return;
    }
    this.#output.write(this.#leaveInput() + text);
    this.#writeInput();
  }

  notice(text: string): void {
    this.print(renderNotice(text, this.look));
  }

  setStatus(status: Status): void {
    const prompt = `${renderStatus(status, this.look)}\n> `;
    if (prompt === this.#prompt || this.#hasEnded) return;
    this.#prompt = prompt;
    this.#editor.setPrompt(prompt);
    this.#editor.prompt(true);
  }

  /** To be called after each key: what was pasted, the editor has written without noting in which row it ends. */
  settle(): void {
    if (this.#hasEnded || this.#editor.getCursorPos().rows === this.#editor.prevRows) return;
    this.#output.write(this.#leaveInput());
    this.#writeInput();
  }

  /** Takes away the line that was typed, once the editor has gone to the row below it, and begins another one. */
  clearLine(line: string): void {
    this.#output.write(goUpAndClear(countRows(this.#prompt + line, this.look.columns) + 1));
    this.#editor.prompt();
  }

  /** Takes the input away: what comes is only printed from now on. */
  end(): void {
    this.#output.write(this.#leaveInput());
    this.#hasEnded = true;
  }

  /** Goes to the beginning of the prompt, and clears it and what is typed. */
  #leaveInput(): string {
    const { rows, cols } = this.#editor.getCursorPos();
    // A terminal goes on to the next row only when something is to be shown there.
    return (cols === 0 ? ' ' : '') + goUpAndClear(rows);
  }

  /** Writes them again, from where the cursor is. */
  #writeInput(): void {
    this.#editor.prevRows = 0;
    this.#editor.prompt(true);
  }
}

/** Messages go to one stream, everything else to the other; there is no status. */
export class PlainScreen implements Screen {
  readonly look: Look;
  readonly #output: TerminalOutput;
  readonly #notices: TerminalOutput;

  constructor(output: TerminalOutput, notices: TerminalOutput, look: Look) {
    this.look = look;
    this.#output = output;
    this.#notices = notices;
  }

  print(rows: readonly string[]): void {
    for (const row of rows) this.#output.write(`${row}\n`);
  }

  notice(text: string): void {
    for (const row of renderNotice(text, this.look)) this.#notices.write(`${row}\n`);
  }

  setStatus(): void {}
}
