/** What is stored was sent, once, at the time that it says. */
import type { NumberedMessage } from '../../../shared/domain/chat-head.ts';
import type { StoredChat } from '../stored-chat.ts';
import type { SentMessage } from './sent-message.ts';
import type { Violation } from './violation.ts';

export function* checkStored({ messages }: StoredChat, sent: readonly SentMessage[]): Generator<Violation> {
  const stored = Map.groupBy(messages, ({ sender, text }) => JSON.stringify([sender, text]));
  for (const message of sent) {
    const id = JSON.stringify([message.sender, message.text]);
    const copies = stored.get(id) ?? [];
    stored.delete(id);
    if (copies.length > 1)
      yield { message: `one message is stored as ${copies.map(({ seq }) => seq).join(' and ')}`, calls: message.calls };
    for (const copy of copies) yield* checkTime(copy, message);
  }
  for (const [{ seq, sender, text } = messages[0]!] of stored.values())
    yield { message: `message ${seq} of ${sender} was never sent: "${text.slice(0, 24)}"`, calls: [] };
}

function* checkTime({ seq, createdAt }: NumberedMessage, message: SentMessage): Generator<Violation> {
  const { startedAtMs, acknowledgedAtMs, calls } = message;
  if (createdAt >= startedAtMs && createdAt <= acknowledgedAtMs) return;
  const after = `${createdAt - startedAtMs} ms after its first call began`;
  yield {
    message: `message ${seq} says that it was written ${after}, which ended ${acknowledgedAtMs - startedAtMs} ms after that`,
    calls,
  };
}
