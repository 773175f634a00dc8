/** Plans of all kinds, of which a seed picks one. */
import fc from 'fast-check';
import { type Operation, OPERATIONS } from './operations.ts';
import {
  type Effect,
  type Fault,
  type Others,
  type Plan,
  QUICK_EFFECTS,
  SLOW_EFFECTS,
  type Step,
  type Wave,
} from './plan.ts';

/** So few that a sender writes several times, also after having left the head. */
const SENDERS = 12;
/** Three of the longest, of two bytes each character, are more than a head keeps beside the last ten messages. */
const TEXT_LENGTHS = [20, 300, 4_000, 4_000];
/** More than one environment of the mode `managed` takes, so that it gets a second one. */
const CROWD = { min: 90, max: 150 };
const CROWD_SENDERS = 60;

const send: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('send'),
  sender: fc.nat(SENDERS - 1),
  textLength: fc.constantFrom(...TEXT_LENGTHS),
  hasKey: fc.boolean(),
  twin: often('none', fc.constantFrom('same-text', 'other-text'), 5),
  isImpatient: often(false, fc.constant(true), 7),
});
const repeat: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('repeat'),
  back: fc.nat(5),
  hasOtherText: often(false, fc.constant(true), 2),
});
const step = fc.oneof({ weight: 4, arbitrary: send }, { weight: 1, arbitrary: repeat });

/** Most faults meet what is frequent; what is rare meets one only if it comes early. */
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Operation>('append') },
  { weight: 2, arbitrary: fc.constantFrom<Operation>('trim', 'signal', 'put-run', 'put-key', 'evict') },
  { weight: 3, arbitrary: fc.constantFrom(...OPERATIONS) },
);
const overtakenBy: fc.Arbitrary<Others> = fc.oneof(
  fc.record({ operation: fc.constant('any' as const), count: fc.nat(20) }),
  fc.record({ operation: fc.constantFrom<Operation>('append', 'begin-fan-out', 'evict'), count: fc.constant(1) }),
  fc.record({ operation: fc.constant<Operation>('trim'), count: fc.integer({ min: 1, max: 3 }) }),
);

function faultOf(effects: readonly Effect[], met: fc.Arbitrary<Operation>, maxOccurrence: number): fc.Arbitrary<Fault> {
  const occurrence = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: maxOccurrence }));
  const effect = fc.constantFrom(...effects);
  return fc.record({ operation: met, occurrence, effect, isMade: fc.boolean(), overtakenBy });
}

/** They are few, for the time that they take: so that each happens, they meet what comes in every wave. */
const slowFault = faultOf(SLOW_EFFECTS, fc.constantFrom('append', 'begin-fan-out', 'put-published'), 3);

/** @param maxOccurrence about as many requests of a kind as there may be */
function faultsOf(maxOccurrence: number): fc.Arbitrary<Fault[]> {
  const quick = fc.array(faultOf(QUICK_EFFECTS, operation, maxOccurrence), { maxLength: 6, size: 'max' });
  const slow = often(
    [],
    slowFault.map((fault) => [fault]),
    11,
  );
  return fc.tuple(slow, quick).map((parts) => parts.flat());
}

const noCrowd = { firstSender: 0, size: 0 };
const crowd = fc.record({ firstSender: fc.nat(CROWD_SENDERS), size: fc.integer(CROWD) });

interface WaveSize {
  readonly maxClients: number;
  readonly maxSteps: number;
  readonly maxOccurrence: number;
  readonly consumerDelaysMs: readonly number[];
}

function waveOf({ maxClients, maxSteps, maxOccurrence, consumerDelaysMs }: WaveSize): fc.Arbitrary<Wave> {
  const steps = fc.array(step, { minLength: 1, maxLength: maxSteps, size: 'max' });
  return fc.record({
    crowd: maxClients > 2 ? often(noCrowd, crowd, 4) : fc.constant(noCrowd),
    clients: fc.array(steps, { minLength: 1, maxLength: maxClients, size: 'max' }),
    consumerDelayMs: fc.constantFrom(...consumerDelaysMs),
    hasEchoes: often(false, fc.constant(true), 2),
    faults: faultsOf(maxOccurrence),
  });
}

/** It is often the last write that something happens to: nothing after it hides what is missing. */
const smallWave = waveOf({ maxClients: 2, maxSteps: 2, maxOccurrence: 3, consumerDelaysMs: [10, 100] });
/** Chunks are archived within it, by senders if the consumer is long in coming. */
const largeWave = waveOf({ maxClients: 6, maxSteps: 12, maxOccurrence: 20, consumerDelaysMs: [10, 100, 400, 400] });

export const planArbitrary: fc.Arbitrary<Plan> = fc.record({
  mode: fc.constantFrom('managed', 'lambda'),
  waves: fc.array(fc.oneof(smallWave, largeWave), { minLength: 2, maxLength: 6, size: 'max' }),
});

/** The usual value `times` times as often as one of the others. */
function often<T>(usual: T, other: fc.Arbitrary<T>, times: number): fc.Arbitrary<T> {
  return fc.oneof({ weight: times, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
}
