/** A scenario of sends from several environments to one chat, played over a faulty network, and what must be true after it. */
import { makeChunk } from '../../shared/domain/chunk.ts';
import { ChatWriter } from '../../shared/domain/chat-writer.ts';
import { IdempotencyKeyReusedError } from '../../shared/domain/errors.ts';
import { fanOutChat } from '../../functions/fan-out/fan-out-chat.ts';
import { NO_LIVE_FEED } from '../../shared/domain/live-events.ts';
import { check, checkChat, listMessages, type Outcome } from './chat-checks.ts';
import { connect, type Fault, FaultyNetwork } from './faulty-network.ts';
import { type BrokenRule, SimulatedChatStore } from './simulated-chat-store.ts';

export interface SendStep {
  /** A client sends its messages one after another; two clients share an environment. */
  readonly client: number;
  readonly sender: string;
  readonly key?: string;
  /** Texts of sends without a key are made unique; with a key, it is used as it is. */
  readonly text: string;
}

export interface Scenario {
  /** Messages that stand in the head at the beginning. */
  readonly before: number;
  readonly steps: readonly SendStep[];
  readonly faults: readonly Fault[];
  readonly broken?: BrokenRule;
}

const CHAT = 'chat';
const MAX_DELIVERIES = 1_000;

type Connect = (name: string, onCrash: () => void) => ReturnType<typeof connect>;

/** A Lambda execution environment: when it crashes, the next request finds a new one. */
class Environment {
  current: { writer: ChatWriter; crashed: Promise<void> };
  #batches = 0;

  constructor(name: string, connectTo: Connect, yieldToOthers: (label: string) => Promise<unknown>) {
    const start = (): { writer: ChatWriter; crashed: Promise<void> } => {
      const { promise: crashed, resolve } = Promise.withResolvers<void>();
      const { store, activity } = connectTo(name, () => {
        this.current = start();
        resolve();
      });
      const writer = new ChatWriter(CHAT, {
        store,
        activity,
        room: ROOM,
        pause: async () => void (await yieldToOthers(`${name} pause`)),
        now: () => 0,
        newBatchId: () => `${name}-${this.#batches++}`,
      });
      return { writer, crashed };
    };
    this.current = start();
  }
}

/** So small that a dozen messages make every rule of archive and eviction work. */
const ROOM = { chunks: 1, bytes: 1_000_000, senders: 1 };

export class ChatScenario {
  readonly store: SimulatedChatStore;
  readonly outcomes: (Outcome & { readonly client: number })[] = [];
  readonly #signals: { chatId: string; rest: number }[] = [];
  readonly #network: FaultyNetwork;
  readonly #scenario: Scenario;
  readonly #yield: (label: string) => Promise<unknown>;

  constructor(scenario: Scenario, yieldToOthers: (label: string) => Promise<unknown>) {
    const faults = [...scenario.faults];
    this.#scenario = scenario;
    this.#yield = yieldToOthers;
    this.store = new SimulatedChatStore(scenario.broken);
    for (let seq = 1; seq <= scenario.before; seq++)
      this.store.append(
        CHAT,
        this.store.head,
        makeChunk(`b${seq}`, 0, [{ sender: 'eve', text: `before ${seq}` }]),
        new Map(),
      );
    this.store.movePublished(CHAT, scenario.before);
    this.#network = new FaultyNetwork({ yield: yieldToOthers, nextFault: () => faults.shift() });
  }

  /** Plays all sends and a consumer beside them; resolves when everything has ended, was refused, or has crashed. */
  async play(): Promise<void> {
    const environments = ['env0', 'env1', 'env2'].map((name) => new Environment(name, this.#connect, this.#yield));
    const steps = this.#scenario.steps.map((step, index) => ({ step, index }));
    const clients = Map.groupBy(steps, ({ step }) => step.client);
    const sending = [...clients].map(async ([client, own]) => {
      const environment = environments[client % environments.length]!;
      for (const { step, index } of own) await this.#send(environment, step, index);
    });
    await Promise.all([...sending, this.#consume('consumer', steps.length)]);
    await this.#network.drain();
  }

  /** What SQS and Lambda promise after all faults: every signal that was not handled is delivered again. */
  async settle(): Promise<void> {
    for (let delivery = 0; this.#signals.length > 0; delivery++) {
      check(delivery < MAX_DELIVERIES, 'a signal cannot be handled');
      await this.#consume('late consumer', 1);
    }
  }

  /** @throws Violation that names the first promise found broken */
  check(): void {
    const { head, published } = this.store;
    const messages = listMessages(head, this.store.readRuns(CHAT, 1, head.seq));
    checkChat(head, messages, this.outcomes);
    this.#checkOrder();
    if (this.#scenario.faults.every((fault) => fault === 'none')) this.#checkAllAnswered();
    check(published === messages.length, `${published} of ${messages.length} messages were published`);
  }

  /** A client that waits for each answer sees its messages in the order in which it sent them. */
  #checkOrder(): void {
    for (const own of Map.groupBy(this.outcomes, ({ client }) => client).values()) {
      const seqs = own.flatMap(({ key, sent }) => (key === undefined && sent !== undefined ? sent.seq : []));
      check(
        seqs.every((seq, index) => index === 0 || seq > seqs[index - 1]!),
        `numbers of one client: ${seqs.join()}`,
      );
    }
  }

  /** Without faults nothing may fail but what uses a key for another text. */
  #checkAllAnswered(): void {
    for (const { text, sent, error } of this.outcomes)
      check(sent !== undefined || error instanceof IdempotencyKeyReusedError, `"${text}" was not answered`);
  }

  readonly #connect = (name: string, onCrash: () => void) =>
    connect(this.#network, name, { store: this.store, signals: this.#signals }, onCrash);

  async #send(environment: Environment, step: SendStep, index: number): Promise<void> {
    const { sender, key } = step;
    const text = key === undefined ? `${step.text} ${index}` : step.text;
    const outcome: Outcome & { client: number } = { client: step.client, sender, text, key };
    this.outcomes.push(outcome);
    await this.#yield(`send ${index}`);
    const { writer, crashed } = environment.current;
    const sending = writer.send({ sender, text, ...(key !== undefined && { keyHash: key }) }).then(
      (sent) => (outcome.sent = sent),
      (error: unknown) => (outcome.error = error),
    );
    await Promise.race([sending, crashed]);
  }

  async #consume(name: string, times: number): Promise<void> {
    for (let time = 0; time < times; time++) {
      await this.#yield(`${name} polls`);
      const signal = this.#signals[0];
      if (signal === undefined) continue;
      const { promise: crashed, resolve: crash } = Promise.withResolvers<void>();
      const { store } = this.#connect(name, crash);
      const handling = fanOutChat({ store, live: NO_LIVE_FEED }, signal.chatId, signal.rest, ROOM).then(
        () => this.#signals.splice(this.#signals.indexOf(signal), 1),
        () => [],
      );
      await Promise.race([handling, crashed]);
    }
  }
}
