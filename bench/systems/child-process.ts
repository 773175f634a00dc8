/** A Node.js process that the benchmark starts, tells what to do and hears from, and ends. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ChildOptions {
  readonly args?: readonly string[];
  /** Options of Node.js itself. */
  readonly nodeOptions?: readonly string[];
  readonly folder?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** The user that it runs as; this process's own by default. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

const END_LIMIT_MS = 15_000;
const OUTPUT_DELAY_MS = 100;

/** Its end is heard by `exit`: `close` does not come if both sides close the channel at once. */
export class Child {
  readonly #name: string;
  readonly #child: ChildProcess;
  #output = '';

  /** Its end is up to this process: a Ctrl-C does not reach it, and when this process is killed, its channel closes. */
  constructor(script: string, options: ChildOptions = {}) {
    this.#name = script;
    this.#child = fork(script, options.args ?? [], {
      execArgv: [...(options.nodeOptions ?? ['--disable-warning=ExperimentalWarning'])],
      detached: true,
      silent: true,
      ...(options.folder !== undefined && { cwd: options.folder }),
      ...(options.environment !== undefined && { env: options.environment }),
      ...options.user,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
  }

  get processId(): number {
    return this.#child.pid!;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** It gets the message when it listens. */
  send(message: object): void {
    this.#child.send(message);
  }

  /** The next message that it sends. @throws Error with what it printed, if it ends before */
  async receive<T>(): Promise<T> {
    const ended = new AbortController();
    const end = once(this.#child, 'exit', { signal: ended.signal }).then(async () => {
      // What it printed last may still be on its way.
      await sleep(OUTPUT_DELAY_MS);
      throw new Error(`${this.#name} has ended too early:\n${this.#output.trim()}`);
    });
    try {
      const received = await Promise.race([once(this.#child, 'message', { signal: ended.signal }), end]);
      const message: T = received[0];
      return message;
    } finally {
      ended.abort();
    }
  }

  /** Resolves when it has printed a text. @throws Error with what it printed, if it ends before */
  async printed(text: string): Promise<void> {
    while (!this.#output.includes(text)) {
      if (this.hasEnded) throw new Error(`${this.#name} has ended too early:\n${this.#output.trim()}`);
      await Promise.race([once(this.#child.stdout!, 'data'), once(this.#child, 'exit')]);
    }
  }

  /** Closes its channel, on which it ends, and waits for that. */
  async end(): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.#child, 'exit');
    if (this.#child.connected) this.#child.disconnect();
    const limit = setTimeout(() => this.#child.kill('SIGKILL'), END_LIMIT_MS);
    await ended;
    clearTimeout(limit);
  }
}
