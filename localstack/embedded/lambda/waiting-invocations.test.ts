/** How many requests wait for an environment, and what becomes of the others. */
import { expect, it } from 'vitest';
import type { Invocation } from './invocation.ts';
import { WaitingInvocations } from './waiting-invocations.ts';

const LARGEST_PAYLOAD = 'a'.repeat(6 * 1024 * 1024);

function makeInvocation(requestId: string, payload: string, rejected: string[]): Invocation {
  const reject = (error: Error): void => void rejected.push(`${requestId}: ${error.name}`);
  const progress = { startedAtMs: 0, deadlineMs: 0, logs: '' };
  return { requestId, payload, clientContext: undefined, onStart: undefined, resolve: () => {}, reject, ...progress };
}

it('refuses the request after the 10,000th, and takes one again when another has been taken out', () => {
  const waiting = new WaitingInvocations('orders');
  const rejected: string[] = [];

  for (let index = 1; index <= 10_001; index++) waiting.add(makeInvocation(`request ${index}`, '{}', rejected));
  waiting.removeFirst();
  waiting.add(makeInvocation('later request', '{}', rejected));

  expect(rejected).toEqual(['request 10001: TooManyRequestsException']);
  expect(waiting.first?.requestId).toBe('request 2');
});

it('refuses a large request when ten of the largest wait, and takes it when they have gone', () => {
  const waiting = new WaitingInvocations('orders');
  const rejected: string[] = [];

  for (let index = 1; index <= 11; index++) waiting.add(makeInvocation(`request ${index}`, LARGEST_PAYLOAD, rejected));
  waiting.add(makeInvocation('small request', '{}', rejected));
  for (let index = 1; index <= 10; index++) waiting.removeFirst();
  waiting.add(makeInvocation('later request', LARGEST_PAYLOAD, rejected));

  expect(rejected).toEqual(['request 11: TooManyRequestsException']);
  expect(waiting.first?.requestId).toBe('small request');
});

it('rejects all that wait with the error given', () => {
  const waiting = new WaitingInvocations('orders');
  const rejected: string[] = [];
  for (const name of ['one', 'two']) waiting.add(makeInvocation(name, '{}', rejected));

  waiting.rejectAll(new TypeError('the end'));

  expect(rejected).toEqual(['one: TypeError', 'two: TypeError']);
  expect(waiting.first).toBeUndefined();
});
