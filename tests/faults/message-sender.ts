/** Sends messages as the steps of a plan say: under keys, twice at once, impatiently, and again. */
import { PATIENCE_MS, type Persistence } from './persistence.ts';
import type { SendCall } from './record.ts';
import type { Repeat, Send } from './steps.ts';

/** What a client sends, once or again and again. */
export interface Message {
  readonly sender: string;
  readonly text: string;
  readonly key: string | undefined;
}

const MAX_TEXT_LENGTH = 4_096;

export class MessageSender {
  readonly #persistence: Persistence;
  readonly #post: (message: Message, patienceMs: number) => Promise<SendCall>;
  /** What was sent with a key, oldest first, by the client or user who may repeat it. */
  readonly #keyed = new Map<string | number, Message[]>();
  #messages = 0;

  /** @param post makes one request and resolves with what came of it */
  constructor(persistence: Persistence, post: (message: Message, patienceMs: number) => Promise<SendCall>) {
    this.#persistence = persistence;
    this.#post = post;
  }

  /** Sends a short message once, without a key. */
  async sendOnce(sender: string): Promise<void> {
    await this.#post({ sender, text: this.#nextText(0), key: undefined }, PATIENCE_MS);
  }

  /** @param repeater who may repeat it: a client, or all clients of a user */
  async send(repeater: string | number, sender: string, step: Send): Promise<void> {
    const text = this.#nextText(step.textLength);
    if (!step.hasKey) return void (await this.#post({ sender, text, key: undefined }, PATIENCE_MS));
    const message = { sender, text, key: `key-${this.#messages}` };
    this.#keyed.set(repeater, [...this.#keyedBy(repeater), message]);
    const twin = step.twin === 'other-text' ? withOtherText(message) : message;
    await Promise.all([
      this.#sendUntilAnswered(message, step.isImpatient),
      step.twin === 'none' ? undefined : this.#sendUntilAnswered(twin),
    ]);
  }

  async repeat(repeater: string | number, { back, hasOtherText }: Repeat): Promise<void> {
    const message = this.#keyedBy(repeater).at(-1 - back);
    if (message !== undefined) await this.#sendUntilAnswered(hasOtherText ? withOtherText(message) : message);
  }

  /** Sends everything that was sent with a key again, as it was; resolves with the last call for each. */
  repeatAll(): Promise<SendCall[]> {
    return Promise.all([...this.#keyed.values()].flat().map((message) => this.#sendUntilAnswered(message)));
  }

  #keyedBy(repeater: string | number): readonly Message[] {
    return this.#keyed.get(repeater) ?? [];
  }

  #sendUntilAnswered(message: Message, isImpatient = false): Promise<SendCall> {
    return this.#persistence.untilAnswered(isImpatient, (patienceMs) => this.#post(message, patienceMs));
  }

  /** Another one each time. */
  #nextText(length: number): string {
    return `text ${++this.#messages} `.padEnd(length, 'ä');
  }
}

function withOtherText(message: Message): Message {
  return { ...message, text: `other ${message.text}`.slice(0, MAX_TEXT_LENGTH) };
}
