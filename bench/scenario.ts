/** What is varied: the scenarios, and the systems that are put side by side in each. */

export const SYSTEMS = {
  managed: 'messenger, managed',
  lambda: 'messenger, lambda',
  'function-off': 'SQL function, async commit',
  'function-on': 'SQL function, sync commit',
  'transaction-off': 'SQL transaction, async commit',
  'transaction-on': 'SQL transaction, sync commit',
} as const;

export type SystemName = keyof typeof SYSTEMS;

export const SYSTEM_NAMES = Object.keys(SYSTEMS).filter((name): name is SystemName => name in SYSTEMS);

/** `each`: every request carries an Idempotency-Key of its own. */
export const KEYS = ['none', 'each'] as const;

export type Keys = (typeof KEYS)[number];

export interface Scenario {
  /** Clients, each of which waits for its answer before it sends again. */
  readonly connections: number;
  /** Of those that anybody may send to, 1 is the open stream. */
  readonly chats: number;
  readonly keys: Keys;
}

/** Whether a system is this messenger, and not what it is compared with. */
export function isMessenger(system: SystemName): system is 'managed' | 'lambda' {
  return system === 'managed' || system === 'lambda';
}

/** Where a message is posted to, one path for each chat. */
export function listPaths(chats: number): string[] {
  if (chats === 1) return ['/send_message/'];
  return Array.from({ length: chats }, (_, index) => `/chats/chat-${index + 1}/send_message/`);
}

export function describeScenario({ connections, chats, keys }: Scenario): string {
  const parts = [`${connections} connection${connections === 1 ? '' : 's'}`, `${chats} chat${chats === 1 ? '' : 's'}`];
  return [...parts, keys === 'none' ? 'no keys' : 'a key each'].join(', ');
}
