// Entry point of the worker thread of an execution environment: loads the handler, then serves requests.
import { inspect } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { createInvocationContext } from './invocation-context.ts';
import { InvokeStore } from './invoke-store.ts';
import { loadHandler, type Handler } from './load-handler.ts';
import { captureLogs } from './log-capture.ts';
import { runHandler } from './run-handler.ts';
import { formatErrorForTextLog, toFunctionError } from './runtime-errors.ts';
import type { EngineMessage, WorkerAnswer, WorkerMessage, WorkerRequest, WorkerSettings } from '../worker-messages.ts';

/** The exit code of a Node.js process that an error has ended. */
const UNCAUGHT_EXCEPTION_EXIT_CODE = 1;

/** So many of one turn's answers go at once: the engine's thread sends them on while the others are still being made. */
const MAX_ANSWERS_PER_MESSAGE = 16;

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

/** As Node.js ends by itself: the runtime of AWS leaves to it what nothing in a function handles. */
function crash(error: unknown): never {
  process.stderr.write(`Uncaught:\n${inspect(error)}\n\nNode.js ${process.version}\n`);
  process.exit(UNCAUGHT_EXCEPTION_EXIT_CODE);
}

async function serve(handler: Handler, request: WorkerRequest): Promise<void> {
  const [, , payload] = request;
  const answer = await runHandler(handler, payload, createInvocationContext(workerSettings, request), logError);
  // Answers of one turn of the event loop go together; a message each takes twice the processor time.
  const count = answers.push(answer);
  if (count === 1) setImmediate(flushAnswers);
  if (count === MAX_ANSWERS_PER_MESSAGE) flushAnswers();
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
// Gets unhandled rejections as well.
process.on('uncaughtException', crash);

try {
  const handler = await loadHandler(settings.codeFolder, settings.handler);
  parentPort?.on('message', (message: EngineMessage) => {
    if (message === 'collect-garbage') return collectGarbage();
    for (const request of message) void invokeStore.runRequest(request[0], () => serve(handler, request));
  });
  post({ kind: 'ready' });
} catch (error) {
  logError('Init Error', error);
  post({ kind: 'init-failed', error: toFunctionError(error) });
}
