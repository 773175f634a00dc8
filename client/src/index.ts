/** Typed clients of the serverless messenger. */
export type { ApiCalls, Call } from './api-calls.ts';
export type { components, operations, paths } from './api-types.ts';
export { CountersClient, type CountersPaths, type TokenPair } from './counters-client.ts';
export { type ErrorCode, MessengerError, NoAnswerError, type Problem } from './errors.ts';
export {
  type Chat,
  type Credentials,
  type ListOptions,
  type Message,
  MessengerClient,
  type MessengerPaths,
  type Session,
} from './messenger-client.ts';
export type { CallOptions, MessengerOptions } from './messenger-options.ts';
