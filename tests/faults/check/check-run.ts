/** Holds a run against everything that is promised. */
import { Violation as BrokenChat, checkChat } from '../../support/chat-checks.ts';
import type { Publication } from '../publication-watch.ts';
import type { Call } from '../record.ts';
import type { StoredChat } from '../stored-chat.ts';
import { checkAnswers } from './check-answers.ts';
import { checkKeys } from './check-keys.ts';
import { checkOrder } from './check-order.ts';
import { checkPublications } from './check-publications.ts';
import { checkStored } from './check-stored.ts';
import { groupCalls } from './sent-message.ts';
import type { Violation } from './violation.ts';

/** @returns what did not hold, each with the calls that it concerns */
export function checkRun(chat: StoredChat, calls: readonly Call[], publications: readonly Publication[]): Violation[] {
  const sent = groupCalls(calls);
  return [
    ...checkNumbers(chat),
    ...checkStored(chat, sent),
    ...checkAnswers(chat, calls),
    ...checkKeys(chat, sent),
    ...checkOrder(chat, sent),
    ...checkPublications(chat, publications),
  ];
}

/** Ids and ordinals without gaps, as the chat's own checks have it. */
function checkNumbers({ head, messages }: StoredChat): Violation[] {
  try {
    checkChat(head, messages, []);
    return [];
  } catch (error) {
    if (!(error instanceof BrokenChat)) throw error;
    return [{ message: error.message, calls: [] }];
  }
}
