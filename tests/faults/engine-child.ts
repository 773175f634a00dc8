/** One process of the engine, from its start until it is killed. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { StoreEndpoints } from '../../localstack/embedded/engine.ts';
import { listChildProcesses } from '../support/child-processes.ts';
import { readEngineNodeOptions } from '../support/engine-node-options.ts';
import type { EngineArguments, EngineReport, EngineRequest } from './engine-messages.ts';

const MAIN = path.join(import.meta.dirname, 'engine-main.ts');
/** Of what the engine prints, this many characters are kept for errors. */
const KEPT_OUTPUT = 4_000;

type Ready = Extract<EngineReport, { kind: 'ready' }>;

export class EngineChild {
  /** Rejects with what the engine printed, if it ends by itself. */
  readonly ready: Promise<Ready>;
  readonly #child: ChildProcess;
  readonly #asked = new Map<number, () => void>();
  #stores: StoreEndpoints | undefined;
  #isReady = false;
  #output = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.#output = (this.#output + chunk.toString()).slice(-KEPT_OUTPUT)));
    const { promise, resolve, reject } = Promise.withResolvers<Ready>();
    this.ready = promise;
    this.ready.catch(() => {});
    child.on('message', (message: EngineReport) => {
      if (message.kind === 'stores') this.#stores = message.endpoints;
      else if (message.kind === 'environments-ended') this.#asked.get(message.request)?.();
      else resolve(message);
      if (message.kind === 'ready') this.#isReady = true;
    });
    child.once('exit', (code, signal) => {
      this.#isReady = false;
      for (const answer of this.#asked.values()) answer();
      reject(new Error(`the engine ended (${signal ?? code}):\n${this.#output}`));
    });
  }

  /** Starts a process in a group of its own, without waiting for it. It ends with this process. */
  static launch(engine: EngineArguments): EngineChild {
    const child = fork(MAIN, [JSON.stringify(engine)], {
      detached: true,
      silent: true,
      execArgv: readEngineNodeOptions(),
      // As the engine's own command does.
      env: { ...process.env, TZ: 'UTC' },
    });
    return new EngineChild(child);
  }

  get processId(): number {
    return this.#child.pid!;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  get stores(): StoreEndpoints {
    if (this.#stores === undefined) throw new Error('the engine has not yet started its stores');
    return this.#stores;
  }

  /** Process ids of DynamoDB; none while the engine starts. */
  listStores(): number[] {
    return this.#isReady ? listChildProcesses(this.processId) : [];
  }

  /** Ends an execution environment in the middle of whatever it does; resolves once it is gone. */
  async endEnvironments(environment: number | 'all'): Promise<void> {
    if (!this.#isReady) return;
    const request = this.#asked.size;
    const ended = new Promise<void>((resolve) => this.#asked.set(request, resolve));
    this.#child.send({ request, environment } satisfies EngineRequest);
    await ended;
  }

  /** Kills it and whatever it has started, at once. */
  async kill(): Promise<void> {
    this.#isReady = false;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    process.kill(-this.processId, 'SIGKILL');
    await ended;
  }
}
