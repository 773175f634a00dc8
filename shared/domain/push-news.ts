/** Pushes what has happened in a chat to the open sockets of those whom it is for. */
import { gatherEvents, type LiveEvent, type LiveNews } from './live-events.ts';
import { closeSockets, type OpenSocket, postTo, type SocketPorts } from './sockets.ts';

export interface PushPorts extends SocketPorts {
  /** How an event is written, as one text or, where it would be too long, as several. */
  readonly write: (chatId: string, event: LiveEvent) => readonly string[];
  /** Told why a socket was not told. */
  readonly onError: (error: unknown) => void;
}

/** Sockets that are told the same. */
interface Audience {
  readonly sockets: OpenSocket[];
  readonly news: readonly LiveNews[];
}

/**
 * Tells each socket together what there is for it, in as few frames as there can be. Whoever cannot be reached holds up
 * nobody.
 * @param batch of one chat, in the order in which it happened
 * @throws StoreUnavailableError if it cannot be found out who is there: then nobody is told
 */
export async function pushNews(ports: PushPorts, chatId: string, batch: readonly LiveNews[]): Promise<void> {
  const kept = await ports.sockets.listOf([...new Set(batch.flatMap(({ members }) => [...members.keys()]))]);
  const now = Date.now();
  const { open = [], over = [] } = Object.groupBy(kept, ({ validUntil }) => (validUntil > now ? 'open' : 'over'));
  await Promise.all(findAudiences(open, batch).map((audience) => tell(ports, chatId, audience)));
  await closeSockets(ports, over).catch(ports.onError);
}

async function tell(ports: PushPorts, chatId: string, { sockets, news }: Audience): Promise<void> {
  const texts = gatherEvents(news.map(({ event }) => event)).flatMap((event) => ports.write(chatId, event));
  await Promise.all(
    sockets.map(async (socket) => {
      for (const text of texts) await postTo(ports, socket, text).catch(ports.onError);
    }),
  );
}

/** Mostly all are told the same; but nobody is told what they said by that socket, or what was said when they were no member. */
function findAudiences(sockets: readonly OpenSocket[], batch: readonly LiveNews[]): readonly Audience[] {
  const audiences = new Map<string, Audience>();
  for (const socket of sockets) {
    const hears = batch.map(({ members, origin }) => origin !== socket.id && members.has(socket.userId));
    const key = hears.map(Number).join('');
    const known = audiences.get(key);
    if (known !== undefined) known.sockets.push(socket);
    else if (hears.includes(true)) audiences.set(key, { sockets: [socket], news: batch.filter((_, at) => hears[at]) });
  }
  return [...audiences.values()];
}
