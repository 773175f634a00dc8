/** The clients of a run: they play a plan's steps against the API and write down what they hear. */
import { setTimeout as delay } from 'node:timers/promises';
import { postMessage } from '../support/open-stream-client.ts';
import type { Crowd, Repeat, Send, Step, Wave } from './plan.ts';
import { type Call, CallRecord } from './record.ts';

/** Long enough for every fault; whoever has no answer by then sends again while the first request may be under way. */
const PATIENCE_MS = 10_000;
/** Of an impatient client; often shorter than an answer takes. */
const IMPATIENCE_MS = 15;
/** Many times what a wave takes: later on nobody sends anything more. */
const WAVE_LIMIT_MS = 45_000;
const FIRST_PAUSE_MS = 20;
const MAX_PAUSE_MS = 500;

/** A message that a client sends, once or again and again. */
interface Message {
  readonly sender: string;
  readonly text: string;
  readonly key: string | undefined;
}

export class Clients {
  readonly record = new CallRecord();
  readonly #apiUrl: () => Promise<string>;
  /** By client: what it has sent with a key, oldest first. */
  readonly #keyed: (Message & { key: string })[][] = [];
  #messages = 0;
  #deadline = 0;

  /** @param apiUrl asked before each request; waits while there is no API */
  constructor(apiUrl: () => Promise<string>) {
    this.#apiUrl = apiUrl;
  }

  /** Resolves when all clients have their answers or have given up; tells whether they had the time for it. */
  async play({ crowd, clients }: Wave): Promise<boolean> {
    this.#deadline = Date.now() + WAVE_LIMIT_MS;
    await Promise.all([this.#playCrowd(crowd), ...clients.map((steps, client) => this.#playClient(client, steps))]);
    return !this.#isOver;
  }

  /** Sends everything that was sent with a key again, as it was; answers the last call for each. */
  repeatAll(): Promise<Call[]> {
    this.#deadline = Date.now() + WAVE_LIMIT_MS;
    return Promise.all(this.#keyed.flat().map((message) => this.#sendUntilAnswered(message)));
  }

  get #isOver(): boolean {
    return Date.now() > this.#deadline;
  }

  async #playCrowd({ firstSender, size }: Crowd): Promise<void> {
    await Promise.all(
      Array.from({ length: size }, (_, index) =>
        this.#call({ sender: `crowd-${firstSender + index}`, text: this.#nextText(0), key: undefined }),
      ),
    );
  }

  async #playClient(client: number, steps: readonly Step[]): Promise<void> {
    const keyed = (this.#keyed[client] ??= []);
    for (const step of steps) {
      if (this.#isOver) return;
      if (step.kind === 'repeat') await this.#repeat(keyed, step);
      else await this.#send(keyed, step);
    }
  }

  async #send(keyed: (Message & { key: string })[], step: Send): Promise<void> {
    const sender = `sender-${step.sender}`;
    const text = this.#nextText(step.textLength);
    if (!step.hasKey) return void (await this.#call({ sender, text, key: undefined }));
    const message = { sender, text, key: `key-${this.#messages}` };
    keyed.push(message);
    const twin = step.twin === 'other-text' ? withOtherText(message) : message;
    await Promise.all([
      this.#sendUntilAnswered(message, step.isImpatient),
      step.twin === 'none' ? undefined : this.#sendUntilAnswered(twin),
    ]);
  }

  async #repeat(keyed: readonly Message[], { back, hasOtherText }: Repeat): Promise<void> {
    const message = keyed.at(-1 - back);
    if (message !== undefined) await this.#sendUntilAnswered(hasOtherText ? withOtherText(message) : message);
  }

  /** Repeats until there is an answer other than a fault; the calls of an impatient client overlap. */
  async #sendUntilAnswered(message: Message, isImpatient = false): Promise<Call> {
    for (let attempt = 1; ; attempt++) {
      const call = await this.#call(message, isImpatient && attempt === 1 ? IMPATIENCE_MS : PATIENCE_MS);
      if ((call.status ?? 500) < 500 || this.#isOver) return call;
      await delay(Math.min(FIRST_PAUSE_MS * 2 ** attempt, MAX_PAUSE_MS));
    }
  }

  async #call({ sender, text, key }: Message, patienceMs = PATIENCE_MS): Promise<Call> {
    const call = this.record.begin(sender, text, key);
    try {
      const url = await this.#apiUrl();
      const answer = await postMessage(url, { sender, text }, key, AbortSignal.timeout(patienceMs));
      call.status = answer.status;
      if (answer.status === 200) call.answer = JSON.parse(answer.text);
      else call.failure = answer.text;
    } catch (error) {
      call.failure = error instanceof Error ? error.message : String(error);
    }
    call.endedAtMs = Date.now();
    return call;
  }

  /** Another one each time. */
  #nextText(length: number): string {
    return `text ${++this.#messages} `.padEnd(length, 'ä');
  }
}

function withOtherText<T extends Message>(message: T): T {
  return { ...message, text: `other ${message.text}`.slice(0, 4_096) };
}
