/** The clients of the open stream: they play a plan's steps against the API and write down what they hear. */
import type { SendMessageAnswer } from '../../../shared/contract/open-stream.ts';
import { postMessage } from '../../support/open-stream-client.ts';
import { type Message, MessageSender } from '../message-sender.ts';
import { Persistence } from '../persistence.ts';
import { CallRecord, type SendCall, showText } from '../record.ts';
import type { Crowd, StreamStep, StreamWave } from './stream-wave.ts';

export interface StreamCall extends SendCall {
  answer?: SendMessageAnswer;
}

export class StreamClients {
  /** Everything that was called so far. */
  readonly calls: StreamCall[] = [];
  readonly #record = new CallRecord();
  readonly #persistence = new Persistence();
  readonly #sender = new MessageSender(this.#persistence, (message, patienceMs) => this.#post(message, patienceMs));
  readonly #apiUrl: () => Promise<string>;

  /** @param apiUrl asked before each request; waits while there is no API */
  constructor(apiUrl: () => Promise<string>) {
    this.#apiUrl = apiUrl;
  }

  /** Resolves when all clients have their answers or have given up; tells whether they had the time for it. */
  async play({ crowd, clients }: StreamWave): Promise<boolean> {
    this.#persistence.begin();
    await Promise.all([this.#playCrowd(crowd), ...clients.map((steps, client) => this.#playClient(client, steps))]);
    return !this.#persistence.isOver;
  }

  /** Sends everything that was sent with a key again, as it was; resolves with the last call for each. */
  repeatAll(): Promise<SendCall[]> {
    this.#persistence.begin();
    return this.#sender.repeatAll();
  }

  async #playCrowd({ firstSender, size }: Crowd): Promise<void> {
    await Promise.all(
      Array.from({ length: size }, (_, index) => this.#sender.sendOnce(`crowd-${firstSender + index}`)),
    );
  }

  async #playClient(client: number, steps: readonly StreamStep[]): Promise<void> {
    for (const step of steps) {
      if (this.#persistence.isOver) return;
      if (step.kind === 'repeat') await this.#sender.repeat(client, step);
      else await this.#sender.send(client, `sender-${step.sender}`, step);
    }
  }

  async #post({ sender, text, key }: Message, patienceMs: number): Promise<StreamCall> {
    const asked = `${sender} sends ${showText(text)}${key === undefined ? '' : ` under ${key}`}`;
    const call: StreamCall = this.#record.begin(asked, { sender, text, key });
    this.calls.push(call);
    try {
      const url = await this.#apiUrl();
      const answer = await postMessage(url, { sender, text }, key, AbortSignal.timeout(patienceMs));
      call.status = answer.status;
      call.heard = answer.text;
      if (answer.status !== 200) return call;
      const heard: SendMessageAnswer = JSON.parse(answer.text);
      call.answer = heard;
      call.heard = `id ${heard.Message_sent[0]}`;
    } catch (error) {
      call.heard = error instanceof Error ? error.message : String(error);
    } finally {
      call.endedAtMs = Date.now();
    }
    return call;
  }
}
