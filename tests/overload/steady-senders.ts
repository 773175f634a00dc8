/** Clients that send one message after another, whatever becomes of them, and keep what was acknowledged. */
import { setTimeout as sleep } from 'node:timers/promises';
import { postMessage } from '../support/open-stream-client.ts';

const SENDERS = 8;
const PAUSE_AFTER_REFUSAL_MS = 100;
const POLL_INTERVAL_MS = 50;

export class SteadySenders {
  /** Id and text of the messages that were answered 200. */
  readonly acknowledged: [number, string][] = [];
  /** Refusals that said when to repeat. */
  refusedCount = 0;
  /** Whatever else was answered. */
  readonly unexpected: string[] = [];
  readonly #url: string;
  readonly #sending: Promise<unknown>;
  #isStopped = false;

  constructor(url: string) {
    this.#url = url;
    this.#sending = Promise.all(Array.from({ length: SENDERS }, (_, sender) => this.#send(sender)));
  }

  /** Resolves when as many more messages were acknowledged. Rejects if one gets no answer at all. */
  async acknowledge(count: number): Promise<void> {
    const goal = this.acknowledged.length + count;
    await this.#until(() => this.acknowledged.length >= goal);
  }

  async refuse(count: number): Promise<void> {
    const goal = this.refusedCount + count;
    await this.#until(() => this.refusedCount >= goal);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#sending;
  }

  async #until(isReached: () => boolean): Promise<void> {
    while (!isReached()) await Promise.race([sleep(POLL_INTERVAL_MS), this.#sending]);
  }

  async #send(sender: number): Promise<void> {
    for (let index = 0; !this.#isStopped; index++) {
      const message = { sender: `steady ${sender}`, text: `steady ${sender} ${index} `.padEnd(1_000, 'a') };
      const { status, headers, text } = await postMessage(this.#url, message);
      if (status === 200) {
        this.acknowledged.push([JSON.parse(text).Message_sent[0], message.text]);
      } else if (status === 503 && headers['retry-after'] !== undefined) {
        this.refusedCount++;
        await sleep(PAUSE_AFTER_REFUSAL_MS);
      } else {
        this.unexpected.push(`${status} ${text}`);
      }
    }
  }
}
