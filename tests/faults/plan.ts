/** What is done in one run: who sends what, and what goes wrong. Everything follows from it but the timing of processes. */
import type { LambdaMode } from '../../localstack/embedded/lambda/function-settings.ts';
import type { Operation } from './operations.ts';

export interface Plan {
  readonly mode: LambdaMode;
  /** Played one after another; in between the chat comes to rest. */
  readonly waves: readonly Wave[];
}

export interface Wave {
  readonly crowd: Crowd;
  /** A client does one step after the other; the n-th client of each wave is the same. */
  readonly clients: readonly (readonly Step[])[];
  /**
   * How long each fan-out consumer is held up before it begins: instead of the queue's delivery delay of a second, which
   * would take most of a run's time. The longer, the more is done under one value of `rest`.
   */
  readonly consumerDelayMs: number;
  /** Whether each append is made again once what it wrote has left the head. */
  readonly hasEchoes: boolean;
  readonly faults: readonly Fault[];
}

/** Senders who all send one short message at once, without a key. */
export interface Crowd {
  readonly firstSender: number;
  readonly size: number;
}

export type Step = Send | Repeat;

export interface Send {
  readonly kind: 'send';
  readonly sender: number;
  readonly textLength: number;
  /** Sent again until there is an answer; without a key it is sent once. */
  readonly hasKey: boolean;
  /** Another request with the same key, sent at the same time, with this text. */
  readonly twin: 'none' | 'same-text' | 'other-text';
  /** Whether the client breaks off soon and sends it again while the first request is still under way. */
  readonly isImpatient: boolean;
}

/** Sends again what this client sent with a key some time ago. */
export interface Repeat {
  readonly kind: 'repeat';
  /** 0 for its latest send with a key, 1 for the one before, ... */
  readonly back: number;
  readonly hasOtherText: boolean;
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
