/** Sends and repeats of all kinds. */
import fc from 'fast-check';
import { often } from './often.ts';
import type { Repeat, Send } from './steps.ts';

/** Three of the longest, of two bytes each character, are more than a head keeps beside the last ten messages. */
const TEXT_LENGTHS = [20, 300, 4_000, 4_000];

export const sendArbitrary: fc.Arbitrary<Send> = fc.record({
  kind: fc.constant('send'),
  textLength: fc.constantFrom(...TEXT_LENGTHS),
  hasKey: fc.boolean(),
  twin: often('none', fc.constantFrom('same-text', 'other-text'), 5),
  isImpatient: often(false, fc.constant(true), 7),
});

export const repeatArbitrary: fc.Arbitrary<Repeat> = fc.record({
  kind: fc.constant('repeat'),
  back: fc.nat(5),
  hasOtherText: often(false, fc.constant(true), 2),
});
