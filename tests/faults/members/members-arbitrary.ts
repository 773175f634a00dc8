/** Waves of what members do, of all kinds. */
import fc from 'fast-check';
import { type FaultTargets, networkFields, type NetworkSize } from '../network-arbitrary.ts';
import { often } from '../often.ts';
import { MEMBERS_OPERATIONS, type Operation } from '../operations.ts';
import { repeatArbitrary, sendArbitrary } from '../step-arbitrary.ts';
import { type Admit, type AtMessage, type Look, type MembersWave, type MemberStep, USERS } from './members-wave.ts';

const isImpatient = often(false, fc.constant(true), 5);
/** Often the first, who has created the chat and removes others. */
const user = fc.oneof(fc.constant(0), fc.nat(USERS - 1), fc.nat(USERS - 1));

const look: fc.Arbitrary<Look> = fc.record({ kind: fc.constantFrom('list', 'list', 'show'), isImpatient });
const atMessage: fc.Arbitrary<AtMessage> = fc.record({
  kind: fc.constantFrom('mark', 'mark', 'page', 'edit', 'delete'),
  back: fc.oneof(fc.constant(0), fc.nat(12)),
  isImpatient,
});
/** Whoever is removed is soon added again, so that most of a wave is done by members. */
const admit: fc.Arbitrary<Admit> = fc.record({
  kind: fc.constantFrom('add', 'add', 'remove'),
  other: fc.nat(USERS - 1),
  isImpatient,
});

const step: fc.Arbitrary<MemberStep> = fc.oneof(
  { weight: 8, arbitrary: sendArbitrary },
  { weight: 1, arbitrary: repeatArbitrary },
  { weight: 4, arbitrary: look },
  { weight: 4, arbitrary: atMessage },
  { weight: 5, arbitrary: admit },
);

const targets: FaultTargets = {
  quick: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<Operation>('join', 'leave', 'add-entry', 'remove-entry', 'move-read') },
    { weight: 2, arbitrary: fc.constantFrom<Operation>('append', 'trim', 'put-run', 'put-edit', 'add-revision') },
    { weight: 3, arbitrary: fc.constantFrom(...MEMBERS_OPERATIONS) },
  ),
  slow: fc.constantFrom('append', 'begin-fan-out', 'put-published', 'join', 'read-sessions'),
  overtaking: fc.constantFrom('append', 'join', 'leave', 'move-read', 'add-revision'),
};

interface WaveSize extends NetworkSize {
  readonly maxClients: number;
  readonly maxSteps: number;
}

function waveOf({ maxClients, maxSteps, ...size }: WaveSize): fc.Arbitrary<MembersWave> {
  const steps = fc.array(step, { minLength: 1, maxLength: maxSteps, size: 'max' });
  const client = fc.record({ user, steps });
  return fc.record({
    clients: fc.array(client, { minLength: 1, maxLength: maxClients, size: 'max' }),
    ...networkFields(targets, size),
  });
}

/** What is missing after one of its few steps is not hidden by a later one. */
const smallWave = waveOf({ maxClients: 3, maxSteps: 3, maxOccurrence: 4, consumerDelaysMs: [10, 100] });
/** Users act from several clients each, and chunks are archived while they do. */
const largeWave = waveOf({ maxClients: 8, maxSteps: 24, maxOccurrence: 20, consumerDelaysMs: [10, 100, 400] });

const wave = fc.oneof({ weight: 1, arbitrary: smallWave }, { weight: 2, arbitrary: largeWave });

export const membersWaves = fc.array(wave, { minLength: 2, maxLength: 5, size: 'max' });
