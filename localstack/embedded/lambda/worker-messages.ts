/** The messages between the engine's thread and the worker thread of an execution environment. */
import type { FunctionSettings } from './function-settings.ts';

/** A failed invocation: the error object as JSON text, and its type for the logs. */
export interface FunctionError {
  errorType: string;
  payload: string;
}

/** One request: its id, its deadline in milliseconds since 1970, and the event and the client's context as JSON text. */
export type WorkerRequest = [requestId: string, deadlineMs: number, payload: string, clientContext: string | undefined];

/** One answer: the id of its request, JSON text, and the type of the error (empty on success). */
export type WorkerAnswer = [requestId: string, payload: string, errorType: string];

/** What the engine posts: all requests of one turn of its event loop, or the wish to free memory. */
export type EngineMessage = WorkerRequest[] | 'collect-garbage';

/** What a worker posts: all answers of one turn of its event loop, or a notice. */
export type WorkerMessage =
  | WorkerAnswer[]
  | { kind: 'ready' }
  | { kind: 'init-failed'; error: FunctionError }
  | { kind: 'garbage-collected' }
  | { kind: 'log'; requestId: string | undefined; text: string };

/** What a worker is started with. */
export interface WorkerSettings {
  settings: FunctionSettings;
  logStreamName: string;
}
