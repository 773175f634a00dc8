/** Senders who left the head are counted right. */
import type { Violation } from '../check/violation.ts';
import type { StoredStream } from './stored-stream.ts';

export function* checkKeptCounts({ head, messages, keptCounts }: StoredStream): Generator<Violation> {
  for (const [sender, kept] of keptCounts) {
    const count = messages.filter((message) => message.sender === sender).length;
    const isWrong = head.sent.has(sender) ? kept > count : kept !== count;
    if (isWrong)
      yield { message: `${kept} messages of ${sender} are counted outside the head, ${count} are stored`, calls: [] };
  }
}
