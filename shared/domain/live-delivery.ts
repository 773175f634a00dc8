/**
 * Tells open sockets what happens in chats, from one execution environment. What happens in a chat while a push to it is
 * under way goes together in the next one: so a chat's frames leave in order, and the fewer the slower they are taken.
 */
import type { LiveFeed, LiveNews, PushQueue } from './live-events.ts';
import { pushNews, type PushPorts } from './push-news.ts';

export interface LiveDeliveryOptions extends PushPorts {
  readonly queue: PushQueue;
}

/** Of a chat with more members others push: whoever sends to it waits neither for all of them nor to know who is there. */
const DIRECT_MEMBERS = 32;

interface Waiting {
  readonly news: LiveNews;
  readonly resolve: () => void;
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

  #push(chatId: string, batch: readonly LiveNews[]): Promise<void> {
    const isLarge = batch.some(({ members }) => members.size > DIRECT_MEMBERS);
    return isLarge ? this.#options.queue.put(batch) : pushNews(this.#options, chatId, batch);
  }
}
