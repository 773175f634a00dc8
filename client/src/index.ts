/** Typed clients of the serverless messenger. */
export type { ApiCalls, Call } from './api-calls.ts';
export type { components, operations, paths } from './api-types.ts';
export type { LivePosition } from './catch-up.ts';
export { CountersClient, type CountersPaths, type TokenPair } from './counters-client.ts';
export {
  ConnectionClosedError,
  type ErrorCode,
  MessengerError,
  NoAnswerError,
  type Problem,
  SessionOverError,
} from './errors.ts';
export type { JoinedChat, LiveHandlers, LiveMessage, LiveState } from './live-events.ts';
export type { PresenceStatus } from './live-frames.ts';
export type { LiveMessenger, LiveOptions, SendOptions } from './live-messenger.ts';
export type { WebSocketConstructor, WebSocketLike } from './live-socket.ts';
export { type ListOptions, MessengerClient } from './messenger-client.ts';
export type { CallOptions, MessengerOptions } from './messenger-options.ts';
export type { Chat, ChangedChat, Credentials, Message, MessengerPaths, Session } from './messenger-paths.ts';
