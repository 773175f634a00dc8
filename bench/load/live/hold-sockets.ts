/** Holds sockets open from a process of its own, so that its memory is not the system's. */
import { fileURLToPath } from 'node:url';
import { Child } from '../../systems/child-process.ts';
import type { HoldOptions, HoldReport } from './hold-process.ts';

const SCRIPT = fileURLToPath(import.meta.resolve('./hold-process.ts'));

export class HeldSockets implements AsyncDisposable {
  readonly #child: Child;
  readonly opened: HoldReport;

  /** @throws Error if the signal aborts it, or the process fails */
  static async open(options: HoldOptions, signal: AbortSignal): Promise<HeldSockets> {
    signal.throwIfAborted();
    const child = new Child(SCRIPT);
    const abort = (): void => void child.end();
    signal.addEventListener('abort', abort);
    try {
      child.send(options);
      return new HeldSockets(child, await child.receive<HoldReport>());
    } catch (error) {
      await child.end();
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  private constructor(child: Child, opened: HoldReport) {
    this.#child = child;
    this.opened = opened;
  }

  /** How many are open still. */
  async count(): Promise<number> {
    this.#child.send({});
    return (await this.#child.receive<HoldReport>()).open;
  }

  /** Cuts them off. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child.end();
  }
}
