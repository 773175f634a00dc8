/** One execution environment: a worker thread that runs one function. */
import { randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { createFunctionEnvironment } from './function-environment.ts';
import { crashFault, exitFault, outOfMemoryFault, timeoutFault } from './function-faults.ts';
import { answerInvocation, appendLogs, type Invocation } from './invocation.ts';
import { hardLimitMb, MemoryWatch } from './memory-watch.ts';
import { serviceStopped } from './service-errors.ts';
import type { FunctionSettings, LambdaMode } from './function-settings.ts';
import type { SystemLog } from './system-log.ts';
import type { FunctionError, WorkerAnswer, WorkerMessage, WorkerRequest, WorkerSettings } from './worker-messages.ts';

/** How long loading the code may take (AWS page "Understanding the Lambda execution environment lifecycle"). */
const INIT_LIMIT_MS = 10_000;

export interface ExecutionEnvironmentOptions {
  settings: FunctionSettings;
  mode: LambdaMode;
  region: string;
  concurrencyPerEnvironment: number;
  systemLog: SystemLog;
  writeLog: (text: string) => void;
  /** Called when a request was answered. */
  onAnswered: () => void;
  /** Called once, when the environment has failed or done its last request. */
  onEnded: (environment: ExecutionEnvironment) => void;
}

/** Serves requests until it fails or is retired. Every request assigned to it is answered, whatever becomes of the worker. */
export class ExecutionEnvironment {
  readonly #options: ExecutionEnvironmentOptions;
  readonly #worker: Worker;
  readonly #memory: MemoryWatch;
  readonly #createdAtMs = performance.now();
  readonly #initTimer: NodeJS.Timeout;
  /** By request id, the oldest first: as all have the same time limit, the first is the first to run out of time. */
  readonly #inFlight = new Map<string, Invocation>();
  #unsent: Invocation[] = [];
  #state: 'starting' | 'ready' | 'ended' = 'starting';
  #isRetired = false;
  #deadlineTimer: NodeJS.Timeout | undefined;
  #initDurationMs: number | undefined;

  constructor(options: ExecutionEnvironmentOptions) {
    const { settings, systemLog } = options;
    this.#options = options;
    this.#worker = startWorker(options);
    this.#worker.on('message', (message: WorkerMessage) => this.#receive(message));
    this.#worker.on('error', (error) => this.#fail(isOutOfMemory(error) ? outOfMemoryFault : crashFault));
    this.#worker.on('exit', (exitCode) => this.#fail((requestId) => exitFault(requestId, exitCode)));
    this.#memory = new MemoryWatch({
      worker: this.#worker,
      memoryMb: settings.memoryMb,
      isBusy: () => this.#inFlight.size > 0,
      onExceeded: () => this.#fail(outOfMemoryFault),
    });
    this.#initTimer = setTimeout(() => this.#failInit((id) => timeoutFault(id, INIT_LIMIT_MS)), INIT_LIMIT_MS);
    this.#memory.start();
    if (systemLog.coversSuccess) options.writeLog(systemLog.initStart());
  }

  /** Whether it may get further requests now or later. */
  get isActive(): boolean {
    return !this.#isRetired && this.#state !== 'ended';
  }

  /** Whether it can take a request now. */
  get hasRoom(): boolean {
    return this.isActive && this.#inFlight.size < this.#options.concurrencyPerEnvironment;
  }

  /** Hands over a request, at the end of this turn of the event loop together with all others of it. */
  assign(invocation: Invocation): void {
    this.#inFlight.set(invocation.requestId, invocation);
    if (this.#unsent.push(invocation) === 1 && this.#state === 'ready') setImmediate(() => this.#sendRequests());
  }

  /** Takes no more requests and ends with the last one it has. */
  retire(): void {
    this.#isRetired = true;
    this.#endIfDone();
  }

  /** Ends at once; requests in flight are rejected. */
  async stop(): Promise<void> {
    const error = serviceStopped(this.#options.settings.functionName);
    for (const invocation of this.#inFlight.values()) invocation.reject(error);
    this.#inFlight.clear();
    this.#end();
    await this.#worker.terminate();
  }

  #receive(message: WorkerMessage): void {
    if (this.#state === 'ended') return;
    if (Array.isArray(message)) return this.#receiveAnswers(message);
    switch (message.kind) {
      case 'ready':
        return this.#becomeReady();
      case 'log':
        return this.#receiveLog(message.requestId, message.text);
      case 'garbage-collected':
        return this.#memory.noteCollection();
      case 'init-failed':
        return this.#failInit(() => message.error);
    }
  }

  #becomeReady(): void {
    clearTimeout(this.#initTimer);
    this.#initDurationMs = Math.round(performance.now() - this.#createdAtMs);
    this.#state = 'ready';
    this.#sendRequests();
  }

  #sendRequests(): void {
    if (this.#state !== 'ready' || this.#unsent.length === 0) return;
    const { settings, systemLog } = this.#options;
    const now = Date.now();
    const deadlineMs = now + settings.timeoutMs;
    const requests: WorkerRequest[] = [];
    for (const invocation of this.#unsent) {
      invocation.startedAtMs = now;
      invocation.deadlineMs = deadlineMs;
      requests.push([invocation.requestId, deadlineMs, invocation.payload, invocation.clientContext]);
      if (systemLog.coversSuccess) this.#log(invocation, systemLog.start(invocation));
    }
    this.#unsent = [];
    this.#worker.postMessage(requests);
    this.#memory.start();
    this.#deadlineTimer ??= setTimeout(() => this.#checkDeadlines(), settings.timeoutMs);
  }

  #receiveAnswers(answers: WorkerAnswer[]): void {
    for (const [requestId, payload, errorType] of answers) {
      const invocation = this.#inFlight.get(requestId);
      // Not in flight any more if it ran out of time before.
      if (invocation !== undefined) this.#finish(invocation, payload, errorType);
    }
    this.#endIfDone();
    this.#options.onAnswered();
  }

  #receiveLog(requestId: string | undefined, text: string): void {
    const [only] = this.#inFlight.size === 1 ? this.#inFlight.values() : [];
    const invocation = requestId === undefined ? only : this.#inFlight.get(requestId);
    this.#log(invocation, text);
  }

  /** One timer serves all requests: it is set for the oldest one, and again for the one that is then the oldest. */
  #checkDeadlines(): void {
    this.#deadlineTimer = undefined;
    const { timeoutMs } = this.#options.settings;
    const now = Date.now();
    for (const invocation of this.#inFlight.values()) {
      if (invocation.deadlineMs === 0) break;
      if (invocation.deadlineMs > now) {
        this.#deadlineTimer = setTimeout(() => this.#checkDeadlines(), invocation.deadlineMs - now);
        break;
      }
      const { payload, errorType } = timeoutFault(invocation.requestId, timeoutMs);
      this.#finish(invocation, payload, errorType);
      this.#isRetired = true;
    }
    this.#endIfDone();
    if (this.#isRetired) this.#options.onAnswered();
  }

  #finish(invocation: Invocation, payload: string, errorType: string): void {
    const { systemLog } = this.#options;
    this.#inFlight.delete(invocation.requestId);
    if (errorType !== '' || systemLog.coversSuccess) {
      const durationMs = invocation.startedAtMs === 0 ? 0 : Date.now() - invocation.startedAtMs;
      const outcome = {
        errorType,
        durationMs,
        peakMemoryMb: this.#memory.peakMb,
        initDurationMs: this.#initDurationMs,
      };
      this.#log(invocation, systemLog.report(invocation, outcome));
    }
    this.#initDurationMs = undefined;
    answerInvocation(invocation, payload, errorType);
  }

  #failInit(createFault: (requestId: string) => FunctionError): void {
    const { systemLog, writeLog } = this.#options;
    const { errorType } = createFault('');
    const durationMs = Math.round(performance.now() - this.#createdAtMs);
    writeLog(systemLog.initFailed({ errorType, durationMs, peakMemoryMb: this.#memory.peakMb }));
    this.#fail(createFault);
  }

  #endIfDone(): void {
    if (this.#isRetired && this.#inFlight.size === 0) this.#end();
  }

  /** Answers whatever is in flight with the fault, and ends. */
  #fail(createFault: (requestId: string) => FunctionError): void {
    if (this.#state === 'ended') return;
    for (const invocation of this.#inFlight.values()) {
      const { payload, errorType } = createFault(invocation.requestId);
      this.#finish(invocation, payload, errorType);
    }
    this.#end();
  }

  #end(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    clearTimeout(this.#initTimer);
    clearTimeout(this.#deadlineTimer);
    this.#memory.stop();
    void this.#worker.terminate();
    this.#options.onEnded(this);
  }

  #log(invocation: Invocation | undefined, text: string): void {
    this.#options.writeLog(text);
    if (invocation !== undefined) appendLogs(invocation, text);
  }
}

function startWorker(options: ExecutionEnvironmentOptions): Worker {
  const { settings } = options;
  const date = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  const logStreamName = `${date}/[$LATEST]${randomBytes(16).toString('hex')}`;
  return new Worker(new URL('worker/runtime.ts', import.meta.url), {
    workerData: { settings, logStreamName } satisfies WorkerSettings,
    env: createFunctionEnvironment({ ...options, logStreamName }),
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: hardLimitMb(settings.memoryMb) },
  });
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
