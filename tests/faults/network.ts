/** What goes wrong between the functions and their stores while a wave of clients is played. */
import type { Operation } from './operations.ts';

export interface Network {
  /**
   * How long each fan-out consumer is held up before it begins: instead of the queue's delivery delay of a second, which
   * would take most of a run's time. The longer, the more is done under one value of `rest`.
   */
  readonly consumerDelayMs: number;
  /** Whether each append is made again once what it wrote has left the head. */
  readonly hasEchoes: boolean;
  readonly faults: readonly Fault[];
}

/** Effects that cost no time. */
export const QUICK_EFFECTS = ['drop', 'fail', 'delay', 'double', 'late', 'end-environment'] as const;
/** Effects after which the run waits for a time-out or a start. */
export const SLOW_EFFECTS = ['hang', 'kill-store', 'kill-engine', 'pause-store', 'pause-engine'] as const;

export const EFFECTS = [...QUICK_EFFECTS, ...SLOW_EFFECTS];

/**
 * What happens at a request: its connection is dropped; it is answered with a fault of the store; it is delayed; it is made
 * twice; it is dropped and made later; the environment that sent it ends; it never gets an answer; the process of
 * DynamoDB, or of everything, is killed and started again, or stands still for longer than the SDK's time-out.
 */
export type Effect = (typeof EFFECTS)[number];

export interface Fault {
  readonly operation: Operation;
  /** At which request of that kind, in the order in which they come to the proxies in this wave: 1, 2, 3, ... */
  readonly occurrence: number;
  readonly effect: Effect;
  /** Whether it happens after the request was made and before its answer, or before the request is made. */
  readonly isMade: boolean;
  /** What goes before that which is delayed, late or made again. */
  readonly overtakenBy: Others;
}

/** The next `count` requests, of a kind or of any. */
export interface Others {
  readonly operation: Operation | 'any';
  readonly count: number;
}
