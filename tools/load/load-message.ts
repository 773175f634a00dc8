/** The messages of a load. No two are alike, of one run or of several, so that a message stored twice can be told. */
import { randomBytes } from 'node:crypto';
import type { SendMessageRequest } from '../../shared/contract/open-stream.ts';

/** Characters that a text must have room for: the mark, with up to nine digits. */
export const MIN_TEXT_LENGTH = 24;

const MARK = /^load ([0-9a-f]{8}) (\d+)\b/;
const FILLER = 'the quick brown fox jumps over the lazy dog ';

/** Distinguishes the messages of one load from those of another. */
export function createRunId(): string {
  return randomBytes(4).toString('hex');
}

/** The run's message with this index, from one of `senders` senders. */
export function makeLoadMessage(runId: string, index: number, senders: number, textLength: number): SendMessageRequest {
  return { sender: `sender-${(index % senders) + 1}`, text: `load ${runId} ${index} `.padEnd(textLength, FILLER) };
}

/** Which run's which message a text is; undefined for one that no load wrote. */
export function readLoadMark(text: string): { runId: string; index: number } | undefined {
  const [, runId, index] = MARK.exec(text) ?? [];
  return runId === undefined ? undefined : { runId, index: Number(index) };
}
