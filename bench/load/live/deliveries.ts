/** Counts which messages of a load have reached which of those to whom they were sent, how often and after what time. */
import type { Population } from '../../population/population.ts';
import { Latencies, type LatencySummary } from '../latencies.ts';
import type { Plan } from './plan-messages.ts';

export interface DeliverySummary {
  /** Of acknowledged messages, to the others' sockets: a message to a chat of n members has n - 1. */
  readonly expected: number;
  /** Of them, those that never came. */
  readonly lost: number;
  /** Frames that came once more. */
  readonly doubled: number;
  /** Messages that came to somebody who is not in the chat. */
  readonly strayed: number;
  readonly latency: LatencySummary;
}

export interface MeasuredMessages {
  readonly plan: Plan;
  readonly population: Population;
  /** Only messages from this one on are counted: those before it warm up. */
  readonly first: number;
}

/** The sender's own socket gets what was sent by HTTP too; that frame is not counted. Everybody is in one chat. */
export class Deliveries {
  readonly #options: MeasuredMessages;
  readonly #latencies = new Latencies();
  readonly #width: number;
  /** How often each message has come to each member. */
  readonly #came: Uint8Array;
  readonly #dueMs: Float64Array;
  readonly #acknowledged: Uint8Array;
  /** Of each user: its chat, and its place among the members. */
  readonly #places = new Map<number, { readonly chatId: string; readonly place: number }>();
  #missing = 0;
  #strayed = 0;

  constructor(options: MeasuredMessages) {
    const { population, plan } = options;
    const { count } = plan;
    this.#options = options;
    this.#width = Math.max(...population.chats.map(({ members }) => members.length));
    this.#came = new Uint8Array(count * this.#width);
    this.#dueMs = new Float64Array(count);
    this.#acknowledged = new Uint8Array(count);
    for (const { id: chatId, members } of population.chats)
      for (const [place, user] of members.entries()) this.#places.set(user, { chatId, place });
  }

  /** Whether everything has come that was acknowledged. */
  get isComplete(): boolean {
    return this.#missing === 0;
  }

  sent(index: number, dueMs: number): void {
    this.#dueMs[index] = dueMs;
  }

  acknowledged(index: number): void {
    if (this.#acknowledged[index] === 1) return;
    this.#acknowledged[index] = 1;
    this.#missing += this.#othersOf(index).filter((place) => this.#came[index * this.#width + place] === 0).length;
  }

  /** A message has come to a user's socket. */
  came(index: number, user: number, nowMs: number): void {
    const { plan, first } = this.#options;
    const at = this.#places.get(user);
    if (at?.chatId !== plan.chatOf(index).id) {
      this.#strayed++;
      return;
    }
    if (user === plan.senderOf(index)) return;
    const cell = index * this.#width + at.place;
    const times = this.#came[cell]!;
    this.#came[cell] = Math.min(times + 1, 255);
    if (times > 0) return;
    if (this.#acknowledged[index] === 1) this.#missing--;
    if (index >= first) this.#latencies.record(nowMs - this.#dueMs[index]!);
  }

  summarize(): DeliverySummary {
    const { plan, first } = this.#options;
    const sum = { expected: 0, lost: 0, doubled: 0 };
    for (let index = first; index < plan.count; index++)
      for (const place of this.#othersOf(index)) {
        const times = this.#came[index * this.#width + place]!;
        sum.doubled += Math.max(0, times - 1);
        if (this.#acknowledged[index] === 0) continue;
        sum.expected++;
        if (times === 0) sum.lost++;
      }
    return { ...sum, strayed: this.#strayed, latency: this.#latencies.summarize() };
  }

  #othersOf(index: number): number[] {
    const { plan } = this.#options;
    const sender = plan.senderOf(index);
    return plan.chatOf(index).members.flatMap((user, place) => (user === sender ? [] : [place]));
  }
}
