/** A key stands for one message: a repeat gets the first answer, and another text a conflict. */
import type { StoredChat } from '../stored-chat.ts';
import type { SentMessage } from './sent-message.ts';
import type { Violation } from './violation.ts';

export function* checkKeys({ messages }: StoredChat, sent: readonly SentMessage[]): Generator<Violation> {
  const stored = new Set(messages.map(({ sender, text }) => JSON.stringify([sender, text])));
  const isStored = ({ sender, text }: SentMessage): boolean => stored.has(JSON.stringify([sender, text]));
  for (const message of sent) {
    yield* checkSameAnswer(message);
    const conflicts = message.calls.filter(({ status }) => status === 409);
    if (conflicts.length > 0 && isStored(message))
      yield { message: 'a message is stored, though its call was answered with a conflict', calls: conflicts };
  }
  const keyed = sent.filter(({ key }) => key !== undefined);
  for (const texts of Map.groupBy(keyed, ({ sender, key }) => JSON.stringify([sender, key])).values()) {
    const calls = texts.flatMap((message) => message.calls);
    const kept = texts.filter(isStored).length;
    if (kept > 1) yield { message: `${kept} messages are stored under one key`, calls };
    if (kept === 0 && calls.some(({ status }) => status === 409))
      yield { message: 'a key was refused as used for another text, but nothing is stored under it', calls };
  }
}

function* checkSameAnswer({ acknowledged }: SentMessage): Generator<Violation> {
  const answers = new Set(acknowledged.map(({ answer }) => JSON.stringify(answer)));
  if (answers.size > 1) yield { message: `one message got ${answers.size} different answers`, calls: acknowledged };
}
