/** What is to be sent: of each chat one message at a time, in the order of the calls, each until it is stored. */
import { MessengerError, NoAnswerError } from './errors.ts';
import { writeFrame } from './live-frames.ts';
import { type BackOff, jitter } from './wait.ts';

export interface OutboxOptions {
  /** How long an acknowledgement may take before the message is sent again, in milliseconds. */
  readonly timeoutMs: number;
  /** Told of each message that is stored, before its send resolves. */
  readonly onStored: (message: Outgoing, seq: number) => void;
}

export interface Outgoing {
  readonly chatId: string;
  readonly text: string;
  /** The key under which it is stored once; the same in all attempts. */
  readonly clientId: string;
}

interface Waiting extends Outgoing {
  /** Whether a frame has left, so that the message may be stored. */
  wasSent: boolean;
  attempts: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  readonly settle: (outcome: number | { readonly error: unknown }) => void;
}

const BACK_OFF: BackOff = { firstMs: 200, longestMs: 5_000 };

export class Outbox {
  readonly #options: OutboxOptions;
  /** By chat, the one under way first; there is no empty list. */
  readonly #chats = new Map<string, Waiting[]>();
  readonly #byClientId = new Map<string, Waiting>();
  /** Sends a frame, while a socket is open. */
  #post: ((frame: string) => void) | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /**
   * @returns the number under which the message is stored
   * @throws MessengerError if it was refused. If the signal or the end came first: NoAnswerError, with the reason as its
   *   cause, if it may be stored; the reason itself if it certainly is not
   */
  async send(message: Outgoing, signal?: AbortSignal): Promise<number> {
    signal?.throwIfAborted();
    if (this.#byClientId.has(message.clientId))
      throw new Error(`a message with the client id "${message.clientId}" is being sent already`);
    let stop: (() => void) | undefined;
    try {
      return await new Promise<number>((resolve, reject) => {
        const settle: Waiting['settle'] = (outcome) =>
          typeof outcome === 'number' ? resolve(outcome) : reject(outcome.error);
        const waiting: Waiting = { ...message, wasSent: false, attempts: 0, timer: undefined, settle };
        stop = () => this.#giveUp(waiting, signal?.reason);
        signal?.addEventListener('abort', stop, { once: true });
        this.#add(waiting);
      });
    } finally {
      if (stop !== undefined) signal?.removeEventListener('abort', stop);
    }
  }

  /** A socket is open: what is under way is sent, by it and all that follows. */
  open(post: (frame: string) => void): void {
    this.#post = post;
    for (const [first] of this.#chats.values()) if (first !== undefined) this.#send(first);
  }

  /** The socket has ended: what is under way waits for the next one. */
  close(): void {
    this.#post = undefined;
    for (const [first] of this.#chats.values()) clearTimeout(first?.timer);
  }

  acknowledge(clientId: string, seq: number): void {
    const waiting = this.#byClientId.get(clientId);
    if (waiting === undefined) return;
    this.#options.onStored(waiting, seq);
    waiting.settle(seq);
    this.#remove(waiting);
  }

  /** @param code as HTTP has it */
  refuse(clientId: string, code: number, message: string): void {
    const waiting = this.#byClientId.get(clientId);
    if (waiting === undefined) return;
    if (mayPass(code)) {
      this.#sendLater(waiting);
      return;
    }
    waiting.settle({ error: new MessengerError(code, { message }) });
    this.#remove(waiting);
  }

  /** Some frame was not handled: whichever it was, all can be sent again. */
  sendAllLater(): void {
    for (const [first] of this.#chats.values()) if (first?.wasSent === true) this.#sendLater(first);
  }

  /** Nothing will be sent any more. */
  end(reason: unknown): void {
    this.close();
    const all = [...this.#byClientId.values()];
    this.#chats.clear();
    this.#byClientId.clear();
    for (const waiting of all) settleAsGivenUp(waiting, reason);
  }

  #add(waiting: Waiting): void {
    this.#byClientId.set(waiting.clientId, waiting);
    const others = this.#chats.get(waiting.chatId);
    if (others !== undefined) {
      others.push(waiting);
      return;
    }
    this.#chats.set(waiting.chatId, [waiting]);
    this.#send(waiting);
  }

  #send(waiting: Waiting): void {
    if (this.#post === undefined) return;
    const { chatId, text, clientId } = waiting;
    const messages = [{ text, status: 'created' }] as const;
    waiting.wasSent = true;
    waiting.attempts++;
    clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => this.#sendLater(waiting), this.#options.timeoutMs);
    this.#post(writeFrame('send-message', { chat_id: chatId, messages, client_id: clientId }));
  }

  #sendLater(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => this.#send(waiting), jitter(waiting.attempts, BACK_OFF));
  }

  /** The next one of its chat is under way with this, if it was the one that was. */
  #remove(waiting: Waiting): void {
    const { chatId, clientId, timer } = waiting;
    clearTimeout(timer);
    this.#byClientId.delete(clientId);
    const list = this.#chats.get(chatId) ?? [];
    const place = list.indexOf(waiting);
    if (place !== -1) list.splice(place, 1);
    const [first] = list;
    if (first === undefined) this.#chats.delete(chatId);
    else if (place === 0) this.#send(first);
  }

  #giveUp(waiting: Waiting, reason: unknown): void {
    settleAsGivenUp(waiting, reason);
    this.#remove(waiting);
  }
}

/** After 429 a message is not stored; after 5xx it may be, which its key makes as good. */
function mayPass(code: number): boolean {
  return code === 429 || code >= 500;
}

function settleAsGivenUp({ wasSent, settle }: Waiting, reason: unknown): void {
  const error = wasSent
    ? new NoAnswerError('the message was not acknowledged: it may be stored', { cause: reason })
    : reason;
  settle({ error });
}
