/** What members are told holds under any interleaving of sends, reads, joins, leaves, edits, deletes, crashes and retries. */
import fc, { check as checkProperty } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Violation } from '../../tests/support/chat-checks.ts';
import { type Fault, FAULTS } from '../../tests/support/faulty-network.ts';
import { MembersScenario, type MemberStep, USERS } from '../../tests/support/members-scenario.ts';
import type { BrokenRule } from '../../tests/support/simulated-chat-store.ts';

const user = fc.nat({ max: USERS.length - 1 });
const action = fc.oneof(
  { weight: 6, arbitrary: fc.constant('send' as const) },
  { weight: 3, arbitrary: fc.constantFrom('read', 'list', 'add', 'consume') },
  { weight: 1, arbitrary: fc.constantFrom('remove', 'edit', 'delete') },
);
const step: fc.Arbitrary<MemberStep> = fc.record({ user, action, other: user, back: fc.nat({ max: 12 }) });
/** One member who comes and goes. */
const churn: fc.Arbitrary<MemberStep> = fc.record({
  user: fc.nat({ max: 1 }),
  action: fc.constantFrom('add', 'remove', 'send', 'list'),
  other: fc.constant(1),
  back: fc.constant(0),
});
/** Two environments edit and delete one user's messages. */
const amendment: fc.Arbitrary<MemberStep> = fc.record({
  user: fc.nat({ max: 1 }),
  action: fc.constantFrom('send', 'edit', 'edit', 'delete'),
  other: fc.constant(0),
  back: fc.nat({ max: 1 }),
});
const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 15, arbitrary: fc.constant<Fault>('none') },
  { weight: 1, arbitrary: fc.constantFrom<Fault>(...FAULTS) },
);
const scenario = fc.record({
  steps: fc.oneof(...[step, churn, amendment].map((each) => fc.array(each, { minLength: 30, maxLength: 120 }))),
  faults: fc.array(fault, { maxLength: 400, size: 'max' }),
});
/** Without them hardly anybody would be a member. */
const invitations: readonly MemberStep[] = USERS.map((_, other) => ({ user: 0, action: 'add', other, back: 0 }));

function holds(broken?: BrokenRule) {
  return fc.asyncProperty(scenario, fc.scheduler(), async ({ steps, faults }, scheduler) => {
    const options = { steps: [...invitations, ...steps], faults, ...(broken !== undefined && { broken }) };
    const chat = new MembersScenario(options, (label) => scheduler.schedule(Promise.resolve(), label));
    await scheduler.waitFor(chat.play());
    await scheduler.waitFor(chat.settle());
    chat.check();
  });
}

/** Seconds where the machine is quiet. */
const SEARCH_TIMEOUT_MS = 120_000;

describe('a chat of four users in two environments', () => {
  test('tells each member the truth whatever happens', { timeout: SEARCH_TIMEOUT_MS }, async () => {
    await fc.assert(holds(), { numRuns: 1_000 });
  });

  test.each<BrokenRule>(['epoch', 'leave-moves-epoch', 'revision', 'edit-is-newer', 'later-membership-stays'])(
    'does not on a store without the rule "%s"',
    { timeout: SEARCH_TIMEOUT_MS },
    async (broken) => {
      const result = await checkProperty(holds(broken), { numRuns: 20_000, endOnFailure: true });
      expect(result.errorInstance, `${result.numRuns} runs`).toBeInstanceOf(Violation);
    },
  );
});
