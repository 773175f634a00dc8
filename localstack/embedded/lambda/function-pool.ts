/** The execution environments of one function and the requests that wait for one. */
import { ExecutionEnvironment } from './execution-environment.ts';
import { serviceStopped } from './service-errors.ts';
import { SystemLog } from './system-log.ts';
import { WaitingInvocations } from './waiting-invocations.ts';
import type { FunctionSettings, InvokeOptions, InvokeResult, LambdaMode } from './function-settings.ts';
import type { Invocation } from './invocation.ts';

export interface FunctionPoolOptions {
  mode: LambdaMode;
  region: string;
  /** How many environments may take requests at the same time. */
  maxEnvironments: number;
  /** How many requests one environment serves at the same time. */
  concurrencyPerEnvironment: number;
  writeLog: (text: string) => void;
}

/** Gives each request to an environment with room, starts another one if all are full, and lets the rest queue in order. */
export class FunctionPool {
  readonly #options: FunctionPoolOptions;
  readonly #environments = new Set<ExecutionEnvironment>();
  readonly #waiting: WaitingInvocations;
  #settings: FunctionSettings;

  constructor(settings: FunctionSettings, options: FunctionPoolOptions) {
    this.#settings = settings;
    this.#options = options;
    this.#waiting = new WaitingInvocations(settings.functionName);
  }

  get settings(): FunctionSettings {
    return this.#settings;
  }

  /** New requests, and those that wait, run the code in `codeFolder`; those in flight finish with the code they have. */
  replaceCode(codeFolder: string): void {
    this.#settings = { ...this.#settings, codeFolder };
    for (const environment of this.#environments) environment.retire();
    this.#serveQueue();
  }

  /**
   * Resolves with the answer of the function, also if it failed. Rejects if the pool is stopped before, or with
   * TooManyRequestsException if more requests wait than it holds.
   */
  async invoke(
    payload: string,
    { requestId, clientContext, onStart }: InvokeOptions & { requestId: string },
  ): Promise<InvokeResult> {
    return await new Promise((resolve, reject) => {
      const progress = { startedAtMs: 0, deadlineMs: 0, logs: '' };
      const invocation = { requestId, payload, clientContext, onStart, resolve, reject, ...progress };
      const environment = this.#waiting.first === undefined ? this.#findRoom() : undefined;
      if (environment === undefined) this.#waiting.add(invocation);
      else start(invocation, environment);
    });
  }

  /** Ends all environments; requests in flight and in the queue are rejected. */
  async stop(): Promise<void> {
    this.#waiting.rejectAll(serviceStopped(this.#settings.functionName));
    await Promise.all([...this.#environments].map((environment) => environment.stop()));
  }

  #serveQueue(): void {
    for (let next = this.#waiting.first; next !== undefined; next = this.#waiting.first) {
      const environment = this.#findRoom();
      if (environment === undefined) return;
      this.#waiting.removeFirst();
      start(next, environment);
    }
  }

  #findRoom(): ExecutionEnvironment | undefined {
    let activeCount = 0;
    for (const environment of this.#environments) {
      if (environment.hasRoom) return environment;
      if (environment.isActive) activeCount++;
    }
    return activeCount < this.#options.maxEnvironments ? this.#startEnvironment() : undefined;
  }

  #startEnvironment(): ExecutionEnvironment {
    const environment = new ExecutionEnvironment({
      ...this.#options,
      settings: this.#settings,
      systemLog: new SystemLog(this.#settings, this.#options.mode),
      onAnswered: () => this.#serveQueue(),
      onEnded: (ended) => {
        this.#environments.delete(ended);
        this.#serveQueue();
      },
    });
    this.#environments.add(environment);
    return environment;
  }
}

function start(invocation: Invocation, environment: ExecutionEnvironment): void {
  invocation.onStart?.();
  environment.assign(invocation);
}
