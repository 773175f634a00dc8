/** The chat's promises hold under any interleaving of sends, archives, evictions, crashes, lost and repeated requests. */
import fc, { check as checkProperty } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Violation } from '../../tests/support/chat-checks.ts';
import { ChatScenario, type Scenario } from '../../tests/support/chat-scenario.ts';
import { type Fault, FAULTS } from '../../tests/support/faulty-network.ts';
import type { BrokenRule } from '../../tests/support/simulated-chat-store.ts';

/** So many that one often falls silent, leaves the head and comes back. */
const SENDERS = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay', 'gus', 'hal', 'ida', 'jim', '__proto__'];

const step = fc.record(
  {
    client: fc.nat({ max: 5 }),
    sender: fc.constantFrom(...SENDERS),
    text: fc.constant('hello'),
  },
  { requiredKeys: ['client', 'sender', 'text'] },
);
/** A key belongs to one sender; most repeats carry the same text, some another. */
const keyedStep = fc
  .record({ client: fc.nat({ max: 5 }), key: fc.constantFrom('k1', 'k2', 'k3'), other: fc.boolean() })
  .map(({ client, key, other }) => ({
    client,
    sender: 'ann',
    key,
    text: `keyed ${key}${other ? ' other' : ''}`,
  }));
const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 15, arbitrary: fc.constant<Fault>('none') },
  { weight: 1, arbitrary: fc.constantFrom<Fault>(...FAULTS) },
);
const scenario = fc.record({
  before: fc.nat({ max: 14 }),
  steps: fc.array(fc.oneof({ weight: 2, arbitrary: step }, { weight: 1, arbitrary: keyedStep }), {
    minLength: 20,
    maxLength: 90,
  }),
  faults: fc.array(fault, { maxLength: 300, size: 'max' }),
});

function holds(broken?: BrokenRule) {
  return fc.asyncProperty(scenario, fc.scheduler(), async (played: Scenario, scheduler) => {
    const chat = new ChatScenario({ ...played, ...(broken !== undefined && { broken }) }, (label) =>
      scheduler.schedule(Promise.resolve(), label),
    );
    await scheduler.waitFor(chat.play());
    await scheduler.waitFor(chat.settle());
    chat.check();
  });
}

/** Seconds where the machine is quiet. */
const SEARCH_TIMEOUT_MS = 120_000;

describe('a chat written to by three environments', () => {
  test('keeps its promises whatever the network does', { timeout: SEARCH_TIMEOUT_MS }, async () => {
    await fc.assert(holds(), { numRuns: 600 });
  });

  test.each<BrokenRule>([
    'epoch',
    'keys',
    'rest',
    'run-is-absent',
    'eviction-moves-epoch',
    'counts-are-unchanged',
    'keys-are-kept',
  ])('breaks them on a store without the rule "%s"', { timeout: SEARCH_TIMEOUT_MS }, async (broken) => {
    const result = await checkProperty(holds(broken), { numRuns: 3_000, endOnFailure: true });
    expect(result.errorInstance, `${result.numRuns} runs`).toBeInstanceOf(Violation);
  });
});
