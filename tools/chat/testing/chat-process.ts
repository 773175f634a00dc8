/** A chat in plain lines as a user runs it, as a process of its own, for tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished, vi } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../chat.ts', import.meta.url));
const WAIT = { timeout: 20_000, interval: 20 };

/** It ends with the test at the latest. */
export class ChatProcess {
  #stdout = '';
  #stderr = '';
  readonly #child: ChildProcess;

  constructor(args: readonly string[], environment: Record<string, string> = { CHAT_PASSWORD: 'a long password' }) {
    const env = { ...process.env, ...environment, TZ: 'UTC' };
    this.#child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SCRIPT, ...args], { env });
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.#stdout += chunk.toString()));
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()));
    onTestFinished(() => void this.#child.kill('SIGKILL'));
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  type(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  interrupt(): void {
    this.#child.kill('SIGINT');
  }

  /** Resolves once it has printed this. @throws Error with what it printed, if it does not */
  async shows(expected: RegExp): Promise<void> {
    await vi.waitFor(() => {
      if (!expected.test(this.#stdout)) throw new Error(`there is no ${expected} in:\n${this.#stdout}${this.#stderr}`);
    }, WAIT);
  }

  /** Resolves once it has said this beside what it prints. @throws Error with what it said, if it does not */
  async says(expected: string): Promise<void> {
    await vi.waitFor(() => {
      if (!this.#stderr.includes(expected)) throw new Error(`there is no "${expected}" in:\n${this.#stderr}`);
    }, WAIT);
  }

  /** Ends the input. @returns the exit code */
  end(): Promise<number | null> {
    this.#child.stdin?.end();
    return this.ended();
  }

  /** @returns the exit code */
  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null) await once(this.#child, 'close');
    return this.#child.exitCode;
  }
}
