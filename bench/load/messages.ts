/** The messages of a load: other senders and texts each time, the same ones in each run. */
import type { SendMessageRequest } from '../../shared/contract/open-stream.ts';

const SENDERS = 100;
const TEXT_LENGTH = { least: 50, most: 100 };
const FILLER = 'the quick brown fox jumps over the lazy dog '.repeat(3);

/** A whole number from 0 up to, but not including, `count`. */
export type Choose = (count: number) => number;

/** Messages of 50 to 100 characters from 100 senders. @param choose the same one gives the same messages */
export function makeMessages(count: number, choose: Choose): SendMessageRequest[] {
  return Array.from({ length: count }, (_, index) => {
    const length = TEXT_LENGTH.least + choose(TEXT_LENGTH.most - TEXT_LENGTH.least + 1);
    return { sender: `sender-${choose(SENDERS) + 1}`, text: `bench ${index} ${FILLER}`.slice(0, length) };
  });
}

/** Chooses numbers that look random and are the same for the same seed (mulberry32). */
export function createChoose(seed: number): Choose {
  let state = seed;
  return (count) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * count);
  };
}
