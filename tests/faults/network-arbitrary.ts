/** Networks of all kinds. */
import fc from 'fast-check';
import { type Effect, type Fault, type Network, type Others, QUICK_EFFECTS, SLOW_EFFECTS } from './network.ts';
import { often } from './often.ts';
import type { Operation } from './operations.ts';

/** Which requests are met by faults. */
export interface FaultTargets {
  /** Of those that cost no time. */
  readonly quick: fc.Arbitrary<Operation>;
  /** Of the slow ones, which are few: so that each happens, they meet what comes in every wave. */
  readonly slow: fc.Arbitrary<Operation>;
  /** What overtakes a request. */
  readonly overtaking: fc.Arbitrary<Operation>;
}

export interface NetworkSize {
  /** About as many requests of a kind as there may be. */
  readonly maxOccurrence: number;
  readonly consumerDelaysMs: readonly number[];
}

/** The fields of a network, to be put together with those of a wave. */
export function networkFields(targets: FaultTargets, { maxOccurrence, consumerDelaysMs }: NetworkSize) {
  return {
    consumerDelayMs: fc.constantFrom(...consumerDelaysMs),
    hasEchoes: often(false, fc.constant(true), 2),
    faults: faultsOf(targets, maxOccurrence),
  } satisfies { [Field in keyof Network]: fc.Arbitrary<Network[Field]> };
}

function faultsOf({ quick, slow, overtaking }: FaultTargets, maxOccurrence: number): fc.Arbitrary<Fault[]> {
  const overtakenBy: fc.Arbitrary<Others> = fc.oneof(
    fc.record({ operation: fc.constant('any' as const), count: fc.nat(20) }),
    fc.record({ operation: overtaking, count: fc.constant(1) }),
    fc.record({ operation: fc.constant<Operation>('trim'), count: fc.integer({ min: 1, max: 3 }) }),
  );
  const faultOf = (effects: readonly Effect[], met: fc.Arbitrary<Operation>, latest: number): fc.Arbitrary<Fault> => {
    const occurrence = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: latest }));
    const effect = fc.constantFrom(...effects);
    return fc.record({ operation: met, occurrence, effect, isMade: fc.boolean(), overtakenBy });
  };
  const slowFault = faultOf(SLOW_EFFECTS, slow, 3).map((fault) => [fault]);
  const quickFaults = fc.array(faultOf(QUICK_EFFECTS, quick, maxOccurrence), { maxLength: 6, size: 'max' });
  return fc.tuple(often([], slowFault, 11), quickFaults).map((parts) => parts.flat());
}
