/**
 * Pushes what happens in chats to the members' open sockets, from one execution environment. What happens in a chat while a
 * push to it is under way goes together in the next one: so a chat's frames leave in order, and the fewer the slower they
 * are taken.
 */
import { gatherEvents, type LiveEvent, type LiveFeed, type LiveNews } from './live-events.ts';
import { closeSockets, type OpenSocket, postTo, type PushQueue, type SocketPorts } from './sockets.ts';

export interface LiveDeliveryOptions extends SocketPorts {
  readonly queue: PushQueue;
  /** How an event is written, as one text or, where it would be too long, as several. */
  readonly write: (chatId: string, event: LiveEvent) => readonly string[];
  /** Told why somebody was not told. */
  readonly onError: (error: unknown) => void;
}

/** With more sockets than that, others push: whoever sends to a large chat does not wait for all of it. */
const DIRECT_SOCKETS = 32;
/** Sockets of one queued push. */
const PUSH_SOCKETS = 50;

interface Waiting {
  readonly news: LiveNews;
  readonly resolve: () => void;
}

/** Sockets that are told the same. */
interface Audience {
  readonly sockets: OpenSocket[];
  readonly news: readonly LiveNews[];
}

export class LiveDelivery implements LiveFeed {
  readonly #options: LiveDeliveryOptions;
  /** What waits, by chat, where a push is under way or about to be. */
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(options: LiveDeliveryOptions) {
    this.#options = options;
  }

  tell(news: LiveNews): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(news.chatId);
      if (waiting !== undefined) {
        waiting.push({ news, resolve });
        return;
      }
      this.#waiting.set(news.chatId, [{ news, resolve }]);
      // At the end of this turn, in which all messages of one write are told.
      setImmediate(() => void this.#pushAll(news.chatId));
    });
  }

  async #pushAll(chatId: string): Promise<void> {
    for (let batch = this.#take(chatId); batch.length > 0; batch = this.#take(chatId)) {
      await this.#push(
        chatId,
        batch.map(({ news }) => news),
      ).catch(this.#options.onError);
      for (const { resolve } of batch) resolve();
    }
    this.#waiting.delete(chatId);
  }

  #take(chatId: string): readonly Waiting[] {
    const batch = this.#waiting.get(chatId) ?? [];
    this.#waiting.set(chatId, []);
    return batch;
  }

  async #push(chatId: string, batch: readonly LiveNews[]): Promise<void> {
    const sockets = await this.#listLive(new Set(batch.flatMap(({ members }) => [...members.keys()])));
    const audiences = findAudiences(sockets, batch);
    if (sockets.length > DIRECT_SOCKETS) await this.#enqueue(chatId, audiences);
    else await Promise.all(audiences.map((audience) => this.#pushTo(chatId, audience)));
  }

  /** The sockets of users, without those whose time is over, which end with this. */
  async #listLive(users: ReadonlySet<string>): Promise<readonly OpenSocket[]> {
    const kept = await this.#options.sockets.listOf([...users]);
    const now = Date.now();
    const live = kept.filter(({ validUntil }) => validUntil > now);
    if (live.length < kept.length)
      await closeSockets(
        this.#options,
        kept.filter(({ validUntil }) => validUntil <= now),
      );
    return live;
  }

  #write(chatId: string, news: readonly LiveNews[]): readonly string[] {
    return gatherEvents(news.map(({ event }) => event)).flatMap((event) => this.#options.write(chatId, event));
  }

  async #pushTo(chatId: string, { sockets, news }: Audience): Promise<void> {
    for (const text of this.#write(chatId, news)) await Promise.all(sockets.map((socket) => this.#post(socket, text)));
  }

  async #post(socket: OpenSocket, text: string): Promise<void> {
    await postTo(this.#options, socket, text).catch(this.#options.onError);
  }

  async #enqueue(chatId: string, audiences: readonly Audience[]): Promise<void> {
    const pushes = audiences.flatMap(({ sockets, news }) => {
      const parts = Array.from({ length: Math.ceil(sockets.length / PUSH_SOCKETS) }, (_, part) =>
        sockets.slice(part * PUSH_SOCKETS, (part + 1) * PUSH_SOCKETS),
      );
      return this.#write(chatId, news).flatMap((text) =>
        parts.map((part, index) => ({
          sockets: part.map(({ id, userId, openedAt }) => ({ id, userId, openedAt })),
          text,
          group: `${chatId}-${index}`,
        })),
      );
    });
    await this.#options.queue.put(pushes);
  }
}

/** Mostly all are told the same; but nobody is told what they said by that socket, or what was said when they were no member. */
function findAudiences(sockets: readonly OpenSocket[], batch: readonly LiveNews[]): readonly Audience[] {
  const audiences = new Map<string, Audience>();
  for (const socket of sockets) {
    const isFor = ({ members, origin }: LiveNews): boolean => origin !== socket.id && members.has(socket.userId);
    const news = batch.filter(isFor);
    const key = batch.map((each) => (news.includes(each) ? '1' : '0')).join('');
    const known = audiences.get(key);
    if (known !== undefined) known.sockets.push(socket);
    else if (news.length > 0) audiences.set(key, { sockets: [socket], news });
  }
  return [...audiences.values()];
}
