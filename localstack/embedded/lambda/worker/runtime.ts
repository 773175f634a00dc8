// Entry point of the worker thread of an execution environment: loads the handler, then serves requests.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { createInvocationContext } from './invocation-context.ts';
import { InvokeStore } from './invoke-store.ts';
import { loadHandler, type Handler } from './load-handler.ts';
import { captureLogs } from './log-capture.ts';
import { runHandler } from './run-handler.ts';
import { createRuntimeError, formatErrorForTextLog, toFunctionError } from './runtime-errors.ts';
import type { EngineMessage, WorkerAnswer, WorkerMessage, WorkerSettings } from '../worker-messages.ts';

/** The exit codes of the runtime of AWS. */
const UNHANDLED_REJECTION_EXIT_CODE = 128;
const UNCAUGHT_EXCEPTION_EXIT_CODE = 129;

const workerSettings: WorkerSettings = workerData;
const { settings } = workerSettings;
const invokeStore = new InvokeStore();
let answers: WorkerAnswer[] = [];

function post(message: WorkerMessage): void {
  if (parentPort === null) throw new Error('This file is the entry point of a worker thread; start it as a Worker');
  parentPort.postMessage(message);
}

function flushAnswers(): void {
  if (answers.length === 0) return;
  post(answers);
  answers = [];
}

function logError(title: string, thrown: unknown): void {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (settings.logging.format === 'JSON') console.error(error);
  else console.error(title, formatErrorForTextLog(error));
}

function crash(title: string, error: unknown, exitCode: number): never {
  logError(title, error);
  post({ kind: 'crashed', error: toFunctionError(error) });
  process.exit(exitCode);
}

async function serve(handler: Handler, requestId: string, deadlineMs: number, payload: string): Promise<void> {
  const context = createInvocationContext(workerSettings, requestId, deadlineMs);
  const answer = await runHandler(handler, payload, context, logError);
  // All answers of one turn of the event loop go in one message; a message each takes twice the processor time.
  if (answers.push(answer) === 1) setImmediate(flushAnswers);
}

/** A full collection on demand; Node offers no API for it. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  post({ kind: 'garbage-collected' });
}

Object.assign(globalThis, { awslambda: { InvokeStore: invokeStore } });
const flushLogs = captureLogs({
  logging: settings.logging,
  invokeStore,
  // Not held back for one message per turn: a handler may block or end the thread right after.
  writeLines: (requestId, text) => post({ kind: 'log', requestId, text }),
});
process.on('exit', () => {
  flushLogs();
  flushAnswers();
});
process.on('uncaughtException', (error) => crash('Uncaught Exception', error, UNCAUGHT_EXCEPTION_EXIT_CODE));
process.on('unhandledRejection', (reason) => {
  const error = createRuntimeError('Runtime.UnhandledPromiseRejection', String(reason));
  crash('Unhandled Promise Rejection', error, UNHANDLED_REJECTION_EXIT_CODE);
});

try {
  const handler = await loadHandler(settings.codeFolder, settings.handler);
  parentPort?.on('message', (message: EngineMessage) => {
    if (message === 'collect-garbage') return collectGarbage();
    for (const [requestId, deadlineMs, payload] of message) {
      void invokeStore.runRequest(requestId, () => serve(handler, requestId, deadlineMs, payload));
    }
  });
  post({ kind: 'ready' });
} catch (error) {
  logError('Init Error', error);
  post({ kind: 'init-failed', error: toFunctionError(error) });
}
