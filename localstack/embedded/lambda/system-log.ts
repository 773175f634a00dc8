/** The log lines that Lambda itself writes about environments and requests. */
import { timeoutMessage } from './function-faults.ts';
import type { FunctionSettings, LambdaMode } from './function-settings.ts';
import type { Invocation } from './invocation.ts';

/** How a request or an init phase ended; `errorType` is empty on success. */
export interface Outcome {
  errorType: string;
  durationMs: number;
  peakMemoryMb: number;
  /** Set for the first request of an environment. */
  initDurationMs?: number | undefined;
}

/**
 * Builds the lines of one function, each with its line end: START, END and REPORT with the text format, `platform.*`
 * events with JSON (AWS pages "Lambda Telemetry API Event schema reference" and "Log-level filtering").
 */
export class SystemLog {
  /** False if requests that succeed leave no line: the JSON format at the level WARN. */
  readonly coversSuccess: boolean;
  readonly #settings: FunctionSettings;
  readonly #mode: LambdaMode;

  constructor(settings: FunctionSettings, mode: LambdaMode) {
    this.#settings = settings;
    this.#mode = mode;
    this.coversSuccess = this.#isText || settings.logging.systemLevel.toUpperCase() !== 'WARN';
  }

  get #isText(): boolean {
    return this.#settings.logging.format === 'Text';
  }

  /** An environment starts. */
  initStart(): string {
    const runtimeVersion = `nodejs:${process.versions.node}`;
    if (this.#isText) return `INIT_START Runtime Version: ${runtimeVersion}\n`;
    const { functionName } = this.#settings;
    return this.#event('platform.initStart', {
      ...this.#init,
      runtimeVersion,
      functionName,
      functionVersion: '$LATEST',
    });
  }

  /** An environment failed to start. */
  initFailed({ errorType, durationMs }: Outcome): string {
    const status = describeStatus(errorType);
    if (this.#isText) {
      const duration = `INIT_REPORT Init Duration: ${durationMs.toFixed(2)} ms\tPhase: init\t`;
      return `${duration}Status: ${status}\tError Type: ${errorType}\n`;
    }
    return this.#event('platform.initReport', { ...this.#init, status, errorType, metrics: { durationMs } });
  }

  /** A request goes to the handler. */
  start({ requestId }: Invocation): string {
    if (this.#isText) return `START RequestId: ${requestId} Version: $LATEST\n`;
    const { functionArn } = this.#settings;
    return this.#event('platform.start', { requestId, functionArn, version: '$LATEST' });
  }

  /** A request ended, however it did. */
  report(invocation: Invocation, outcome: Outcome): string {
    return this.#isText ? this.#textReport(invocation, outcome) : this.#jsonReport(invocation, outcome);
  }

  get #init() {
    const initializationType = this.#mode === 'managed' ? 'lambda-managed-instances' : 'on-demand';
    return { initializationType, phase: 'init' };
  }

  #event(type: string, record: object): string {
    return `${JSON.stringify({ time: new Date().toISOString(), type, record })}\n`;
  }

  #jsonReport({ requestId }: Invocation, { errorType, durationMs, peakMemoryMb, initDurationMs }: Outcome): string {
    // Managed instances are billed by the instance, so the report of a request has no costs in it.
    const costs = {
      billedDurationMs: Math.ceil(durationMs),
      memorySizeMB: this.#settings.memoryMb,
      maxMemoryUsedMB: peakMemoryMb,
      initDurationMs,
    };
    const metrics = { durationMs, ...(this.#mode === 'lambda' && costs) };
    const failure = errorType === '' ? {} : { errorType };
    return this.#event('platform.report', { requestId, metrics, status: describeStatus(errorType), ...failure });
  }

  #textReport({ requestId }: Invocation, { errorType, durationMs, peakMemoryMb, initDurationMs }: Outcome): string {
    const isTimeout = errorType === 'Sandbox.Timedout';
    const fields = [
      `REPORT RequestId: ${requestId}`,
      `Duration: ${durationMs.toFixed(2)} ms`,
      `Billed Duration: ${Math.ceil(durationMs)} ms`,
      `Memory Size: ${this.#settings.memoryMb} MB`,
      `Max Memory Used: ${peakMemoryMb} MB`,
      ...(initDurationMs === undefined ? [] : [`Init Duration: ${initDurationMs.toFixed(2)} ms`]),
      ...(errorType === '' ? [] : [`Status: ${describeStatus(errorType)}`]),
      ...(errorType === '' || isTimeout ? [] : [`Error Type: ${errorType}`]),
    ];
    const timeout = `${new Date().toISOString()} ${requestId} ${timeoutMessage(this.#settings.timeoutMs)}\n\n`;
    return `${isTimeout ? timeout : ''}END RequestId: ${requestId}\n${fields.join('\t')}\n`;
  }
}

function describeStatus(errorType: string): string {
  if (errorType === '') return 'success';
  return errorType === 'Sandbox.Timedout' ? 'timeout' : 'error';
}
