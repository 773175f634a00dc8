/** What is done in one run: who does what, and what goes wrong. Everything follows from it but the timing of processes. */
import type { LambdaMode } from '../../localstack/embedded/lambda/function-settings.ts';
import type { MembersWave } from './members/members-wave.ts';
import type { StreamWave } from './stream/stream-wave.ts';

export type Plan = PlanOf<'open-stream', StreamWave> | PlanOf<'members', MembersWave>;

interface PlanOf<Chat, Wave> {
  /** Which kind of chat is played. */
  readonly chat: Chat;
  readonly mode: LambdaMode;
  /** Played one after another; in between the chat comes to rest. */
  readonly waves: readonly Wave[];
}
