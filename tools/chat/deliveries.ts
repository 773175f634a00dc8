/** The messages that are on their way. */
import type { LiveMessenger } from '../../client/src/index.ts';

export interface DeliveriesOptions {
  /** Told when there is one less. */
  readonly onSettled: () => void;
  /** Told why a message is not sent; of those that the end of the connection cuts off, nothing. */
  readonly onFailed: (problem: string) => void;
}

export class Deliveries {
  readonly #options: DeliveriesOptions;
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: DeliveriesOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#underWay.size;
  }

  send(live: LiveMessenger, chatId: string, text: string): void {
    const delivery: Promise<void> = this.#deliver(live, chatId, text).finally(() => {
      this.#underWay.delete(delivery);
      this.#options.onSettled();
    });
    this.#underWay.add(delivery);
  }

  /** Resolves when all have been sent, or refused. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #deliver(live: LiveMessenger, chatId: string, text: string): Promise<void> {
    try {
      await live.send(chatId, text);
    } catch (error) {
      if (live.state === 'closed') return;
      this.#options.onFailed(`not sent: "${text}": ${error instanceof Error ? error.message : 'failed'}`);
    }
  }
}
