/** Plans of all kinds, of which a seed picks one. */
import fc from 'fast-check';
import { membersWaves } from './members/members-arbitrary.ts';
import type { Plan } from './plan.ts';
import { streamWaves } from './stream/stream-arbitrary.ts';

const mode = fc.constantFrom('managed' as const, 'lambda' as const);

export const planArbitrary: fc.Arbitrary<Plan> = fc.oneof(
  fc.record({ chat: fc.constant('open-stream'), mode, waves: streamWaves }),
  fc.record({ chat: fc.constant('members'), mode, waves: membersWaves }),
);
