/** Names of the environment variables through which infra tells the functions what is where. */
export const ENVIRONMENT = {
  chatTable: 'CHAT_TABLE_NAME',
  chatActivityQueue: 'CHAT_ACTIVITY_QUEUE_URL',
} as const;

/** The value of a variable that infra promised to set. */
export function requireEnvironment(name: (typeof ENVIRONMENT)[keyof typeof ENVIRONMENT]): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`the environment variable ${name} is not set`);
  return value;
}
