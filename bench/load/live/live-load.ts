/** A load of live messages: sockets of all users, messages that are sent as planned, and what comes of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { Population } from '../../population/population.ts';
import type { Keys } from '../../scenario.ts';
import { Latencies, type LatencySummary } from '../latencies.ts';
import { sendOnSchedule } from '../send-on-schedule.ts';
import { Deliveries, type DeliverySummary } from './deliveries.ts';
import { openSockets } from './open-sockets.ts';
import { type Plan, planMessages } from './plan-messages.ts';
import { createFrameReader, type Told } from './read-frame.ts';
import { sendByHttp } from './send-by-http.ts';
import { sendBySocket } from './send-by-socket.ts';
import type { Sender, Way } from './sender.ts';

export interface LiveLoadOptions {
  /** Base URL. */
  readonly url: string;
  readonly socketUrl: string;
  /** Everybody is in one chat and has one socket. */
  readonly population: Population;
  readonly way: Way;
  /** Of messages sent by HTTP; those sent by sockets always have one. */
  readonly keys: Keys;
  /** In all chats together. */
  readonly perSecond: number;
  readonly warmUpMs: number;
  readonly measuredMs: number;
}

/** How a live load ended. Latencies count from the moment for which a send was planned. */
export interface LiveLoadResult {
  /** Messages acknowledged, of the whole load. */
  readonly acknowledged: number;
  /** Messages that were neither acknowledged nor refused, of the whole load. */
  readonly unanswered: number;
  /** What did not go well in the whole load, by what happened. */
  readonly failures: Readonly<Record<string, number>>;
  /** The part that was measured, after the warm-up. */
  readonly window: LiveWindow;
}

export interface LiveWindow {
  /** Messages that were sent. */
  readonly messages: number;
  /** Messages acknowledged in this time, whenever they were sent. */
  readonly answers: number;
  readonly durationMs: number;
  readonly generatorCpuMs: number;
  /** Until the answer of HTTP, or the ack. */
  readonly answer: LatencySummary;
  readonly delivery: DeliverySummary;
  /** Until the send left this process: part of the other latencies, and its own fault. */
  readonly lateness: LatencySummary;
}

/** What has not come by then is of no use. */
const DRAIN_LIMIT_MS = 15_000;
/** For frames that come twice. */
const GRACE_MS = 500;
const LOOK_MS = 50;

export class LiveLoad {
  readonly #options: LiveLoadOptions;
  readonly #plan: Plan;
  /** The first message that is measured. */
  readonly #first: number;
  readonly #deliveries: Deliveries;
  readonly #answers = new Latencies();
  readonly #lateness = new Latencies();
  readonly #dueMs: Float64Array;
  readonly #isAnswered: Uint8Array;
  readonly #failures: Record<string, number> = {};
  #acknowledged = 0;
  #refused = 0;

  constructor(options: LiveLoadOptions) {
    const { population, perSecond, warmUpMs, measuredMs } = options;
    const countOf = (ms: number): number => Math.round((ms * perSecond) / 1_000);
    this.#options = options;
    this.#first = countOf(warmUpMs);
    this.#plan = planMessages(population, this.#first + Math.max(1, countOf(measuredMs)));
    this.#deliveries = new Deliveries({ plan: this.#plan, population, first: this.#first });
    this.#dueMs = new Float64Array(this.#plan.count);
    this.#isAnswered = new Uint8Array(this.#plan.count);
  }

  /** Once. @param report told when what is measured begins, and when it is over */
  async run(report: (moment: 'measuring' | 'measured') => void): Promise<LiveLoadResult> {
    await using started = new AsyncDisposableStack();
    const sender = this.#createSender(await this.#openSockets(started));
    started.defer(() => sender.close());
    const finish = await this.#send(sender, () => report('measuring'));
    const window = finish();
    report('measured');
    await this.#drain();
    return {
      acknowledged: this.#acknowledged,
      unanswered: this.#plan.count - this.#acknowledged - this.#refused,
      // As they are now: what is still under way fails when the sender closes.
      failures: { ...this.#failures },
      window: {
        ...window,
        messages: this.#plan.count - this.#first,
        answer: this.#answers.summarize(),
        delivery: this.#deliveries.summarize(),
        lateness: this.#lateness.summarize(),
      },
    };
  }

  async #openSockets(started: AsyncDisposableStack): Promise<readonly (WebSocket | undefined)[]> {
    const { socketUrl, population } = this.#options;
    const readFrame = createFrameReader(this.#plan.run);
    const ended = new AbortController();
    const { sockets, failures } = await openSockets(
      socketUrl,
      population.users.map(({ token }) => token),
      {
        onFrame: (user, frame) => this.#receive(user, readFrame(frame), performance.now()),
        onClosed: (_user, code) => ended.signal.aborted || this.#fail(`a socket was closed with ${code}`),
      },
    );
    started.defer(() => {
      ended.abort();
      for (const socket of sockets) socket?.close();
    });
    Object.assign(this.#failures, failures);
    return sockets;
  }

  #createSender(sockets: readonly (WebSocket | undefined)[]): Sender {
    const { url, population, way, keys } = this.#options;
    const answered = (index: number, failure: string | undefined): void => this.#answered(index, failure);
    return way === 'http' ? sendByHttp(url, population.users, keys, answered) : sendBySocket(sockets, answered);
  }

  /** @returns what tells of the time since the first message that is measured */
  async #send(
    sender: Sender,
    onMeasuring: () => void,
  ): Promise<() => Pick<LiveWindow, 'answers' | 'durationMs' | 'generatorCpuMs'>> {
    let [startedAtMs, usage, acknowledged] = [performance.now(), process.cpuUsage(), 0];
    const { perSecond } = this.#options;
    await sendOnSchedule({ perSecond, count: this.#plan.count }, (index, dueMs) => {
      if (index === this.#first) {
        onMeasuring();
        [startedAtMs, usage, acknowledged] = [performance.now(), process.cpuUsage(), this.#acknowledged];
      }
      this.#dueMs[index] = dueMs;
      this.#deliveries.sent(index, dueMs);
      if (index >= this.#first) this.#lateness.record(performance.now() - dueMs);
      sender.send(this.#plan.message(index));
    });
    return () => {
      const { user, system } = process.cpuUsage(usage);
      return {
        answers: this.#acknowledged - acknowledged,
        durationMs: performance.now() - startedAtMs,
        generatorCpuMs: (user + system) / 1_000,
      };
    };
  }

  async #drain(): Promise<void> {
    const deadlineMs = performance.now() + DRAIN_LIMIT_MS;
    const isOver = (): boolean =>
      this.#acknowledged + this.#refused === this.#plan.count && this.#deliveries.isComplete;
    while (!isOver() && performance.now() < deadlineMs) await sleep(LOOK_MS);
    await sleep(GRACE_MS);
  }

  #receive(user: number, told: Told | undefined, nowMs: number): void {
    switch (told?.kind) {
      case 'messages':
        for (const index of told.indexes) this.#deliveries.came(index, user, nowMs);
        return;
      case 'ack':
        return this.#answered(told.index, undefined);
      case 'error':
        return told.index === undefined ? this.#fail(told.what) : this.#answered(told.index, told.what);
      case undefined:
    }
  }

  #answered(index: number, failure: string | undefined): void {
    if (this.#isAnswered[index] === 1) return this.#fail('a message was answered twice');
    this.#isAnswered[index] = 1;
    if (failure !== undefined) {
      this.#refused++;
      return this.#fail(failure);
    }
    this.#acknowledged++;
    this.#deliveries.acknowledged(index);
    if (index >= this.#first) this.#answers.record(performance.now() - this.#dueMs[index]!);
  }

  #fail(what: string): void {
    this.#failures[what] = (this.#failures[what] ?? 0) + 1;
  }
}
