/** A wave of sends to the open stream. */
import type { Network } from '../network.ts';
import type { Repeat, Send } from '../steps.ts';

export interface StreamWave extends Network {
  readonly crowd: Crowd;
  /** A client does one step after the other; the n-th client of each wave is the same. */
  readonly clients: readonly (readonly StreamStep[])[];
}

/** Senders who all send one short message at once, without a key. */
export interface Crowd {
  readonly firstSender: number;
  readonly size: number;
}

/** Clients send in the names of many senders. */
export type StreamSend = Send & { readonly sender: number };

/** A client repeats what itself has sent. */
export type StreamStep = StreamSend | Repeat;
