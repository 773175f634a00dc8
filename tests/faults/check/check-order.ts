/** Who was answered before another call began has the smaller id. */
import type { StoredChat } from '../stored-chat.ts';
import type { SentMessage } from './sent-message.ts';
import type { Violation } from './violation.ts';

export function* checkOrder({ messages }: StoredChat, sent: readonly SentMessage[]): Generator<Violation> {
  const ids = new Map(messages.map(({ seq, sender, text }) => [JSON.stringify([sender, text]), seq]));
  const stored = sent.flatMap((message) => {
    const id = ids.get(JSON.stringify([message.sender, message.text]));
    return id === undefined ? [] : [{ id, ...message }];
  });
  const acknowledged = stored.toSorted((a, b) => a.acknowledgedAtMs - b.acknowledgedAtMs);
  let before: (typeof stored)[number] | undefined;
  let next = 0;
  for (const message of stored.toSorted((a, b) => a.startedAtMs - b.startedAtMs)) {
    // The greatest id that somebody had been told when this message was first sent.
    for (; (acknowledged[next]?.acknowledgedAtMs ?? Infinity) < message.startedAtMs; next++)
      if (acknowledged[next]!.id > (before?.id ?? 0)) before = acknowledged[next];
    if (before !== undefined && before.id > message.id)
      yield {
        message: `message ${before.id} was acknowledged before message ${message.id} was first sent`,
        calls: [...before.acknowledged.slice(0, 1), ...message.calls.slice(0, 1)],
      };
  }
}
