/** Every operation, by what it is about and by the module that deploys it. */
import * as countersChats from '../counters/chats.ts';
import * as countersPeople from '../counters/people.ts';
import * as description from '../description.ts';
import * as openStream from '../open-stream-operations.ts';
import type { Module } from '../modules.ts';
import type { Operation } from '../operation.ts';
import * as chats from '../v1/chats.ts';
import * as health from '../v1/health.ts';
import * as messages from '../v1/messages.ts';
import * as people from '../v1/people.ts';
import * as sync from '../v1/sync.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export interface OperationGroup {
  readonly title: string;
  readonly description: string;
  /** Undefined for what every deployment has. */
  readonly module?: Module;
  readonly operations: readonly Operation[];
}

export const OPERATION_GROUPS: readonly OperationGroup[] = [
  {
    title: 'People and sessions',
    description: 'Registering, signing in and out, and the sessions that this opens.',
    module: 'chats',
    operations: operationsIn(people),
  },
  {
    title: 'Chats',
    description: 'Chats and their members. To everybody else a chat looks as if it did not exist.',
    module: 'chats',
    operations: operationsIn(chats),
  },
  {
    title: 'Messages',
    description: 'In a chat they are numbered 1, 2, 3, ... without a gap; a message’s id is its number.',
    module: 'chats',
    operations: operationsIn(messages),
  },
  {
    title: 'Sync',
    description: 'What was missed while no socket was open, in all chats at once.',
    module: 'chats',
    operations: operationsIn(sync),
  },
  {
    title: 'Counters: people',
    description: 'Another way to sign up and in, with access and refresh tokens, to the same users.',
    module: 'chats',
    operations: operationsIn(countersPeople),
  },
  {
    title: 'Counters: chats',
    description: 'Chats of two people, with unread counts.',
    module: 'chats',
    operations: operationsIn(countersChats),
  },
  {
    title: 'Open stream',
    description: 'One chat that everybody may write to, without signing in.',
    module: 'stream',
    operations: operationsIn(openStream),
  },
  { title: 'Health', description: 'For monitoring.', module: 'chats', operations: operationsIn(health) },
  { title: 'Description', description: 'The API, described by itself.', operations: operationsIn(description) },
];

/** The operations among what a file of the contract exports, by path. */
function operationsIn(contract: Record<string, unknown>): Operation[] {
  const operations = Object.values(contract).filter(isOperation);
  return operations.toSorted((one, other) => one.path.localeCompare(other.path, 'en') || orderOf(one) - orderOf(other));
}

function orderOf({ method }: Operation): number {
  return METHODS.indexOf(method);
}

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value;
}
