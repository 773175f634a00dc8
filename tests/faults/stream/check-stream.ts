/** Holds a run of the open stream against everything that is promised. */
import { Violation as BrokenChat, checkChat } from '../../support/chat-checks.ts';
import { checkKeys } from '../check/check-keys.ts';
import { checkOrder } from '../check/check-order.ts';
import { checkPublications } from '../check/check-publications.ts';
import { checkStored } from '../check/check-stored.ts';
import { groupCalls } from '../check/sent-message.ts';
import type { Violation } from '../check/violation.ts';
import type { Publication } from '../publication-watch.ts';
import { checkAnswers } from './check-answers.ts';
import { checkKeptCounts } from './check-kept-counts.ts';
import type { StoredStream } from './stored-stream.ts';
import type { StreamCall } from './stream-clients.ts';

/** @returns what did not hold, each with the calls that it concerns */
export function checkStream(
  stream: StoredStream,
  calls: readonly StreamCall[],
  publications: readonly Publication[],
): Violation[] {
  const sent = groupCalls(calls);
  return [
    ...checkNumbers(stream),
    ...checkStored(stream, sent),
    ...checkKeptCounts(stream),
    ...checkAnswers(stream, calls),
    ...checkKeys(stream, sent),
    ...checkOrder(stream, sent),
    ...checkPublications(stream, publications),
  ];
}

/** Ids and ordinals without gaps, as the chat's own checks have it. */
function checkNumbers({ head, messages }: StoredStream): Violation[] {
  try {
    checkChat(head, messages, []);
    return [];
  } catch (error) {
    if (!(error instanceof BrokenChat)) throw error;
    return [{ message: error.message, calls: [] }];
  }
}
