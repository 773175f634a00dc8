/** Waves of sends to the open stream, of all kinds. */
import fc from 'fast-check';
import { type FaultTargets, networkFields, type NetworkSize } from '../network-arbitrary.ts';
import { often } from '../often.ts';
import { type Operation, STREAM_OPERATIONS } from '../operations.ts';
import { repeatArbitrary, sendArbitrary } from '../step-arbitrary.ts';
import type { StreamSend, StreamStep, StreamWave } from './stream-wave.ts';

/** So few that a sender writes several times, also after having left the head. */
const SENDERS = 12;
/** More than one environment of the mode `managed` takes, so that it gets a second one. */
const CROWD = { min: 90, max: 150 };
const CROWD_SENDERS = 60;

const send: fc.Arbitrary<StreamSend> = fc
  .tuple(sendArbitrary, fc.nat(SENDERS - 1))
  .map(([message, sender]) => ({ ...message, sender }));
const step: fc.Arbitrary<StreamStep> = fc.oneof(
  { weight: 4, arbitrary: send },
  { weight: 1, arbitrary: repeatArbitrary },
);

const targets: FaultTargets = {
  /** Most faults meet what is frequent; what is rare meets one only if it comes early. */
  quick: fc.oneof(
    { weight: 4, arbitrary: fc.constant<Operation>('append') },
    { weight: 2, arbitrary: fc.constantFrom<Operation>('trim', 'signal', 'put-run', 'put-key', 'evict') },
    { weight: 3, arbitrary: fc.constantFrom(...STREAM_OPERATIONS) },
  ),
  slow: fc.constantFrom('append', 'begin-fan-out', 'put-published'),
  overtaking: fc.constantFrom('append', 'begin-fan-out', 'evict'),
};

const noCrowd = { firstSender: 0, size: 0 };
const crowd = fc.record({ firstSender: fc.nat(CROWD_SENDERS), size: fc.integer(CROWD) });

interface WaveSize extends NetworkSize {
  readonly maxClients: number;
  readonly maxSteps: number;
}

function waveOf({ maxClients, maxSteps, ...size }: WaveSize): fc.Arbitrary<StreamWave> {
  const steps = fc.array(step, { minLength: 1, maxLength: maxSteps, size: 'max' });
  return fc.record({
    crowd: maxClients > 2 ? often(noCrowd, crowd, 4) : fc.constant(noCrowd),
    clients: fc.array(steps, { minLength: 1, maxLength: maxClients, size: 'max' }),
    ...networkFields(targets, size),
  });
}

/** It is often the last write that something happens to: nothing after it hides what is missing. */
const smallWave = waveOf({ maxClients: 2, maxSteps: 2, maxOccurrence: 3, consumerDelaysMs: [10, 100] });
/** Chunks are archived within it, by senders if the consumer is long in coming. */
const largeWave = waveOf({ maxClients: 6, maxSteps: 12, maxOccurrence: 20, consumerDelaysMs: [10, 100, 400, 400] });

export const streamWaves = fc.array(fc.oneof(smallWave, largeWave), { minLength: 2, maxLength: 6, size: 'max' });
