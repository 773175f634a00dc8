/** Names of the environment variables through which infra tells the functions what is where. */
export const ENVIRONMENT = {
  chatTable: 'CHAT_TABLE_NAME',
  chatActivityQueue: 'CHAT_ACTIVITY_QUEUE_URL',
  /** In seconds. */
  longestSignalDelay: 'LONGEST_SIGNAL_DELAY',
  peopleTable: 'PEOPLE_TABLE_NAME',
  /** What stands before a session's token in `Authorization`, beside `Bearer`. */
  tokenType: 'TOKEN_TYPE',
  sessionLifetimeMinutes: 'SESSION_LIFETIME_MINUTES',
  /** Requests that a session may make in a second; any number if it is not set. */
  sessionThrottle: 'SESSION_THROTTLE',
  messageCache: 'MESSAGE_CACHE',
  redisUrl: 'REDIS_URL',
  modules: 'MODULES',
  /** The next three are set with the module realtime only. */
  socketTable: 'SOCKET_TABLE_NAME',
  /** Where API Gateway takes what is for its connections: `https://<API>.execute-api.<region>.amazonaws.com/<stage>`. */
  socketCallbackUrl: 'SOCKET_CALLBACK_URL',
  pushQueue: 'PUSH_QUEUE_URL',
} as const;

/** The value of a variable that infra promised to set. */
export function requireEnvironment(name: (typeof ENVIRONMENT)[keyof typeof ENVIRONMENT]): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`the environment variable ${name} is not set`);
  return value;
}

/** The value of a variable that infra sets only where it is needed. */
export function readEnvironment(name: (typeof ENVIRONMENT)[keyof typeof ENVIRONMENT]): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}
