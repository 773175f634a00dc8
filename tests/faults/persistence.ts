/** How long clients wait for an answer, and how often they ask again. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Call } from './record.ts';

/** Long enough for every fault; whoever has no answer by then asks again while the first request may be under way. */
export const PATIENCE_MS = 10_000;
/** Of an impatient client; often shorter than an answer takes. */
const IMPATIENCE_MS = 15;
/** Many times what a wave takes: later on nobody asks for anything more. */
const WAVE_LIMIT_MS = 45_000;
const FIRST_PAUSE_MS = 20;
const MAX_PAUSE_MS = 500;

export class Persistence {
  #deadline = 0;

  /** The time of a wave begins. */
  begin(): void {
    this.#deadline = Date.now() + WAVE_LIMIT_MS;
  }

  get isOver(): boolean {
    return Date.now() > this.#deadline;
  }

  /** Asks until there is an answer other than a fault; the calls of an impatient client overlap. */
  async untilAnswered<Made extends Call>(
    isImpatient: boolean,
    ask: (patienceMs: number) => Promise<Made>,
  ): Promise<Made> {
    for (let attempt = 1; ; attempt++) {
      const call = await ask(isImpatient && attempt === 1 ? IMPATIENCE_MS : PATIENCE_MS);
      if (isAnswered(call) || this.isOver) return call;
      await delay(Math.min(FIRST_PAUSE_MS * 2 ** attempt, MAX_PAUSE_MS));
    }
  }
}

/** Whether a call had an answer other than a fault. */
export function isAnswered({ status = 500 }: Call): boolean {
  return status < 500;
}
