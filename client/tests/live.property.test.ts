/**
 * Whatever the network loses, delays, doubles, reorders and cuts, every message that is sent is stored once and in its
 * sender's order, and every client is given exactly the messages there are, in order, as they are.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type LiveMessage, type LiveMessenger, MessengerClient } from '../src/index.ts';
import { ChatOrder } from '../src/chat-order.ts';
import { Healing } from '../src/healing.ts';
import { Outbox } from '../src/outbox.ts';
import { ModelMessenger } from './model-messenger.ts';
import { type Fate, ModelNetwork } from './model-network.ts';

const CHATS = ['tea', 'coffee'];
/** Ann has two devices. */
const USERS = ['ann', 'ann', 'bob'];

interface Step {
  readonly kind: 'send' | 'edit' | 'cut' | 'latest' | 'forget cursors';
  readonly client: number;
  readonly chat: number;
  readonly afterMs: number;
}

interface Plan {
  readonly steps: readonly Step[];
  readonly fates: readonly Fate[];
}

const STEP: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    { weight: 12, arbitrary: fc.constant('send' as const) },
    { weight: 3, arbitrary: fc.constant('edit' as const) },
    { weight: 2, arbitrary: fc.constant('cut' as const) },
    { weight: 1, arbitrary: fc.constant('latest' as const) },
    { weight: 1, arbitrary: fc.constant('forget cursors' as const) },
  ),
  client: fc.nat({ max: USERS.length - 1 }),
  chat: fc.nat({ max: CHATS.length - 1 }),
  afterMs: fc.oneof(fc.constant(0), fc.nat({ max: 2_000 })),
});

const FATE: fc.Arbitrary<Fate> = fc.record({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constant('arrives' as const) },
    { weight: 3, arbitrary: fc.constant('is lost' as const) },
    { weight: 2, arbitrary: fc.constant('comes twice' as const) },
    { weight: 1, arbitrary: fc.constant('cuts' as const) },
    { weight: 1, arbitrary: fc.constant('is refused' as const) },
    { weight: 1, arbitrary: fc.constant('is not handled' as const) },
  ),
  delayMs: fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 1_000 })),
});

const PLAN: fc.Arbitrary<Plan> = fc.record({
  steps: fc.array(STEP, { minLength: 1, maxLength: 30 }),
  fates: fc.array(FATE, { maxLength: 150 }),
});

/** A client, and what it has been told. */
class Device {
  /** Numbers by chat, in the order in which they were given. */
  readonly given = new Map<string, number[]>(CHATS.map((chat) => [chat, []]));
  readonly sends: { readonly chat: string; readonly text: string; seq: number | undefined }[] = [];
  /** Texts by chat and number, as they were told last. */
  readonly #texts = new Map<string, string>();
  readonly #messenger: ModelMessenger;
  #live: LiveMessenger | undefined;

  constructor(messenger: ModelMessenger) {
    this.#messenger = messenger;
  }

  async connect(network: ModelNetwork, userId: string): Promise<void> {
    const client = new MessengerClient({ baseUrl: 'http://model', fetch: network.fetch });
    client.sessionId = userId;
    this.#live = await client.connect({
      userId,
      WebSocket: network.WebSocket,
      // What is lost is to be found without it.
      syncEveryMs: 24 * 60 * 60 * 1000,
      on: {
        message: (message) => {
          this.given.get(message.chat_id)?.push(message.seq);
          this.#show(message);
        },
        edit: (message) => this.#show(message),
        stale: () => this.#readAgain(),
      },
    });
  }

  send(chat: string, text: string): void {
    const send: Device['sends'][number] = { chat, text, seq: undefined };
    this.sends.push(send);
    // What is not stored has no number, which is noticed.
    this.#live?.send(chat, text).then(
      (seq) => (send.seq = seq),
      () => {},
    );
  }

  textOf(chat: string, seq: number): string | undefined {
    return this.#texts.get(`${chat} ${seq}`);
  }

  close(): void {
    this.#live?.close();
  }

  #show({ chat_id, seq, text }: LiveMessage): void {
    this.#texts.set(`${chat_id} ${seq}`, text);
  }

  /** As an application does that is told to. */
  #readAgain(): void {
    for (const [chat_id, seqs] of this.given)
      for (const message of this.#messenger.messagesOf(chat_id))
        if (seqs.includes(message.seq)) this.#show({ ...message, chat_id });
  }
}

/** Long enough for many attempts. */
const SETTLING_MS = 20 * 60_000;

/** Plays the plan, and then holds what there is against the promises. */
async function play({ steps, fates }: Plan): Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  const messenger = new ModelMessenger(CHATS);
  const network = new ModelNetwork(messenger);
  const devices = USERS.map(() => new Device(messenger));
  try {
    const connected = Promise.all(devices.map((device, index) => device.connect(network, USERS[index]!)));
    await vi.advanceTimersByTimeAsync(100);
    await connected;
    network.spoil(fates);
    for (const [index, { kind, client, chat, afterMs }] of steps.entries()) {
      const chatId = CHATS[chat]!;
      if (kind === 'send') devices[client]!.send(chatId, `text ${index}`);
      else if (kind === 'edit') messenger.editNewest(chatId, `text ${index}`);
      else if (kind === 'cut') network.cutAll();
      else if (kind === 'latest') messenger.tellLatest();
      else messenger.forgetCursors();
      await vi.advanceTimersByTimeAsync(afterMs);
    }
    await settle(() => {
      // As it is told a while after anything has happened in a chat.
      messenger.tellLatest();
      checkMessages(messenger, devices);
    });
    // An edit has no number by which it would be missed: the next socket finds it.
    network.cutAll();
    await settle(() => checkTexts(messenger, devices));
    checkMessages(messenger, devices);
  } finally {
    for (const device of devices) device.close();
    vi.useRealTimers();
  }
}

/** Waits until the check passes. @throws what it throws in the end */
async function settle(check: () => void): Promise<void> {
  for (let ms = 100; ms < SETTLING_MS; ms *= 2) {
    try {
      check();
      return;
    } catch {
      await vi.advanceTimersByTimeAsync(ms);
    }
  }
  check();
}

function checkMessages(messenger: ModelMessenger, devices: readonly Device[]): void {
  const sends = devices.flatMap((device) => device.sends);
  for (const chat of CHATS) {
    const stored = messenger.messagesOf(chat);
    expect(stored).toHaveLength(sends.filter((send) => send.chat === chat).length);
    for (const { given, sends: own } of devices) {
      expect(given.get(chat)).toEqual(stored.map(({ seq }) => seq));
      const places = own.filter((send) => send.chat === chat).map(({ text }) => messenger.placeOf(chat, text));
      expect(places).toEqual(places.toSorted((one, other) => one - other));
    }
  }
  for (const { chat, text, seq } of sends) expect(seq).toBe(messenger.placeOf(chat, text));
}

function checkTexts(messenger: ModelMessenger, devices: readonly Device[]): void {
  for (const chat of CHATS)
    for (const { seq, text } of messenger.messagesOf(chat))
      expect(devices.map((device) => device.textOf(chat, seq))).toEqual(USERS.map(() => text));
}

/** The same plans every time: what is found once can be looked for again. */
const RUN = { numRuns: 200, seed: 20_261_129, endOnFailure: true };

afterEach(() => vi.restoreAllMocks());

test('every message is stored once, and given once and in order', async () => {
  await fc.assert(fc.asyncProperty(PLAN, play), RUN);
});

describe('it is noticed when', () => {
  test.each<[string, () => void]>([
    ['gaps are not filled', () => vi.spyOn(Healing.prototype, 'check').mockImplementation(() => {})],
    ['nothing is asked for after a socket was cut', () => vi.spyOn(Healing.prototype, 'syncAtOnce').mockReturnValue()],
    [
      'a repeat is another message',
      () => vi.spyOn(ModelMessenger.prototype, 'keyOf').mockImplementation(() => randomUUID()),
    ],
    [
      'messages do not wait for their turn',
      () => vi.spyOn(ChatOrder.prototype, 'take').mockImplementation((one) => [one]),
    ],
    ['what is not acknowledged is not sent again', () => vi.spyOn(Outbox.prototype, 'open').mockReturnValue()],
  ])('%s', async (_, breakRule) => {
    breakRule();
    await expect(fc.assert(fc.asyncProperty(PLAN, play), RUN)).rejects.toThrow('Property failed');
  });
});
