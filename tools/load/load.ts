/** A load: many messages over many connections, each connection one request at a time. */
import { randomUUID } from 'node:crypto';
import { Client } from 'undici';
import type { AnswerFile } from '../answers/answer-file.ts';
import { resolveBelow } from '../command-line/read-options.ts';
import { createRunId, makeLoadMessage } from './load-message.ts';
import type { LoadOptions } from './load-options.ts';
import { sendRequest } from './send-request.ts';
import type { Tally } from './tally.ts';

/** One URL's share of the messages: every n-th of n URLs, so that a URL that fails fast takes no other's share. */
interface Lane {
  readonly url: URL;
  nextIndex: number;
}

export class Load {
  readonly #options: LoadOptions;
  readonly #file: AnswerFile;
  readonly #tally: Tally;
  readonly #runId = createRunId();
  readonly #lanes: readonly Lane[];
  readonly #connections = new Set<Client>();
  #isStopped = false;

  constructor(options: LoadOptions, file: AnswerFile, tally: Tally) {
    this.#options = options;
    this.#file = file;
    this.#tally = tally;
    this.#lanes = options.urls.map((url, nextIndex) => ({ url: resolveBelow(url, '/send_message/'), nextIndex }));
  }

  /**
   * Sends all messages; resolves when each has ended one way or the other, or those under way after a stop.
   * @param onProgress told whenever a request has ended
   */
  async run(onProgress: () => void): Promise<void> {
    const count = Math.min(this.#options.connections, this.#options.messages);
    await Promise.all(
      Array.from({ length: count }, (_, index) => this.#useConnection(this.#laneOf(index), onProgress)),
    );
  }

  /** Sends no more; what is under way still gets its answer. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Closes all connections at once. */
  async abort(): Promise<void> {
    this.stop();
    await Promise.all([...this.#connections].map((connection) => connection.destroy()));
  }

  #laneOf(index: number): Lane {
    return this.#lanes[index % this.#lanes.length]!;
  }

  async #useConnection(lane: Lane, onProgress: () => void): Promise<void> {
    const { timeoutMs: timeout } = this.#options;
    const connection = new Client(lane.url.origin, {
      connect: { timeout },
      headersTimeout: timeout,
      bodyTimeout: timeout,
      allowH2: false,
    });
    this.#connections.add(connection);
    for (let index = this.#takeIndex(lane); index !== undefined; index = this.#takeIndex(lane)) {
      await this.#send(connection, lane.url.pathname, index);
      onProgress();
    }
    this.#connections.delete(connection);
    await connection.destroy();
  }

  #takeIndex(lane: Lane): number | undefined {
    if (this.#isStopped || lane.nextIndex >= this.#options.messages) return undefined;
    const index = lane.nextIndex;
    lane.nextIndex += this.#lanes.length;
    return index;
  }

  async #send(connection: Client, path: string, index: number): Promise<void> {
    const { senders, textLength, keys } = this.#options;
    const message = makeLoadMessage(this.#runId, index, senders, textLength);
    const startedAtMs = performance.now();
    const outcome = await sendRequest(connection, path, message, keys ? randomUUID() : undefined);
    const latencyMs = performance.now() - startedAtMs;
    if ('kind' in outcome) {
      this.#tally.addFailure(outcome.kind, outcome.message);
      return;
    }
    if (outcome.problem === undefined) this.#tally.addRight(latencyMs);
    else this.#tally.addFailure('wrong answer', outcome.problem);
    await this.#file.write(outcome.answer);
  }
}
