/** A scenario of sends from several environments to one chat, played over a faulty network, and what must be true after it. */
import type { Head, NumberedMessage } from '../../shared/domain/chat-head.ts';
import { firstSeq, numberTail } from '../../shared/domain/chat-head.ts';
import { numberRun } from '../../shared/domain/chat-history.ts';
import { makeChunk } from '../../shared/domain/chunk.ts';
import { ChatWriter, type SentMessage } from '../../shared/domain/chat-writer.ts';
import { IdempotencyKeyReusedError, StoreUnavailableError } from '../../shared/domain/errors.ts';
import { fanOutChat } from '../../functions/fan-out/fan-out-chat.ts';
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

/** A promise that did not hold. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

interface Outcome {
  readonly step: SendStep;
  readonly text: string;
  readonly sent?: SentMessage;
  readonly error?: unknown;
}

const CHAT = 'chat';

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
  readonly outcomes: Outcome[] = [];
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
    while (this.#signals.length > 0) await this.#consume('late consumer', 1);
  }

  /** Every message of the chat, oldest first: history, then the head, which wins where both have one. */
  messages(): NumberedMessage[] {
    const head = this.store.head;
    const archived = this.store.readRuns(CHAT, 1, firstSeq(head) - 1).flatMap(numberRun);
    return [...archived.filter(({ seq }) => seq < firstSeq(head)), ...numberTail(head, firstSeq(head))];
  }

  /** @throws Violation that names the first promise found broken */
  check(): void {
    const messages = this.messages();
    check(messages.length === this.store.head.seq, `seq is ${this.store.head.seq}, ${messages.length} are stored`);
    for (const [index, { seq }] of messages.entries())
      check(seq === index + 1, `message ${index + 1} is numbered ${seq}`);
    checkOrdinals(messages);
    checkCounts(messages, this.store.head);
    for (const outcome of this.outcomes) checkOutcome(outcome, messages);
    this.#checkStoredOnce(messages);
    check(this.store.published === messages.length, `${this.store.published} of ${messages.length} were published`);
  }

  readonly #connect = (name: string, onCrash: () => void) =>
    connect(this.#network, name, this.store, this.#signals, onCrash);

  async #send(environment: Environment, step: SendStep, index: number): Promise<void> {
    const text = step.key === undefined ? `${step.text} ${index}` : step.text;
    const message = { sender: step.sender, text, ...(step.key !== undefined && { keyHash: step.key }) };
    await this.#yield(`send ${index}`);
    const { writer, crashed } = environment.current;
    const sending = writer.send(message).then(
      (sent) => this.outcomes.push({ step, text, sent }),
      (error: unknown) => this.outcomes.push({ step, text, error }),
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
      const handling = fanOutChat(store, signal.chatId, signal.rest).then(
        () => this.#signals.splice(this.#signals.indexOf(signal), 1),
        () => [],
      );
      await Promise.race([handling, crashed]);
    }
  }

  #checkStoredOnce(messages: readonly NumberedMessage[]): void {
    for (const key of new Set(this.#scenario.steps.map((step) => step.key))) {
      const texts = this.#scenario.steps.filter((step) => step.key === key).map(({ text }) => text);
      const stored = messages.filter(({ text }) => texts.includes(text));
      check(key === undefined || stored.length <= 1, `key ${key} is stored ${stored.length} times`);
    }
    const stored = new Set(messages.map(({ text }) => text));
    check(stored.size === messages.length, `${messages.length - stored.size} messages are stored twice`);
  }
}

function checkOrdinals(messages: readonly NumberedMessage[]): void {
  const sent = new Map<string, number>();
  for (const { seq, sender, ordinal } of messages) {
    const expected = (sent.get(sender) ?? 0) + 1;
    check(ordinal === expected, `message ${seq} is number ${ordinal} of ${sender}, expected ${expected}`);
    sent.set(sender, ordinal);
  }
}

function checkCounts(messages: readonly NumberedMessage[], head: Head): void {
  for (const [sender, count] of head.sent) {
    const real = messages.filter((message) => message.sender === sender).length;
    check(count === real, `the head counts ${count} of ${sender}, ${real} are stored`);
  }
}

function checkOutcome({ step, text, sent, error }: Outcome, messages: readonly NumberedMessage[]): void {
  if (sent === undefined) {
    const allowed =
      error instanceof StoreUnavailableError || (error instanceof IdempotencyKeyReusedError && step.key !== undefined);
    check(allowed, `send failed: ${String(error)}`);
    return;
  }
  const stored = messages[sent.seq - 1];
  check(
    stored?.text === text && stored.sender === step.sender,
    `message ${sent.seq} was acknowledged as "${text}" but is "${stored?.text}"`,
  );
  const expected = messages.slice(Math.max(0, sent.seq - 10), sent.seq);
  check(
    JSON.stringify(sent.lastMessages) === JSON.stringify(expected),
    `the last ten of message ${sent.seq} are not what is stored`,
  );
}

function check(holds: boolean, violation: string): asserts holds {
  if (!holds) throw new Violation(violation);
}
