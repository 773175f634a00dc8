/** Who sends what to which chat in a load of live messages. */
import { randomUUID } from 'node:crypto';
import type { Chat, Population } from '../../population/population.ts';
import { createChoose, makeMessages } from '../messages.ts';

export interface PlannedMessage {
  readonly index: number;
  readonly chat: Chat;
  /** Place in the population's users. */
  readonly sender: number;
  /** Begins with the run and the index, by which the message is known again. */
  readonly text: string;
  /** Its idempotency key, and what its sender's socket calls it. */
  readonly key: string;
}

export interface Plan {
  /** Stands in all messages of this load and in no others': what an earlier load has left may still come. */
  readonly run: string;
  readonly count: number;
  chatOf(index: number): Chat;
  /** Place in the population's users. */
  senderOf(index: number): number;
  message(index: number): PlannedMessage;
}

const TEXTS = makeMessages(200, createChoose(0)).map(({ text }) => text);

/** The chats take turns, and in each of them its members send as it happens. */
export function planMessages({ chats }: Population, count: number): Plan {
  const run = randomUUID().slice(0, 8);
  const choose = createChoose(1);
  const chatOf = (index: number): Chat => chats[index % chats.length]!;
  const senders = Array.from({ length: count }, (_, index) => {
    const { members } = chatOf(index);
    return members[choose(members.length)]!;
  });
  return {
    run,
    count,
    chatOf,
    senderOf: (index) => senders[index]!,
    message: (index) => ({
      index,
      chat: chatOf(index),
      sender: senders[index]!,
      text: `${run} ${index} ${TEXTS[index % TEXTS.length]}`,
      key: `${run}-${index}`,
    }),
  };
}
