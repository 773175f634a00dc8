/** What was published is there, and was read by the consumer before. */
import type { Publication } from '../publication-watch.ts';
import type { StoredChat } from '../stored-chat.ts';
import type { Violation } from './violation.ts';

export function* checkPublications(
  { head, published }: StoredChat,
  publications: readonly Publication[],
): Generator<Violation> {
  if (published > head.seq)
    yield { message: `${published} messages are published, but there are ${head.seq}`, calls: [] };
  for (const { environment, seq, readUpTo } of publications)
    if (seq > readUpTo)
      yield { message: `environment ${environment} published up to ${seq}, but had read up to ${readUpTo}`, calls: [] };
}
