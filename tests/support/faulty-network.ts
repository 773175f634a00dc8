/** A network between execution environments and a store: it loses, delays and doubles, and environments die on it. */
import type { ChatActivity, ChatStore } from '../../shared/domain/chat-store.ts';
import { StoreUnavailableError } from '../../shared/domain/errors.ts';
import type { Inbox } from '../../shared/domain/inbox.ts';
import { SimulatedInbox } from './simulated-inbox.ts';

/**
 * What happens to one request: `answer-lost` is applied but not answered; `late` is reported lost and applied some time
 * later; `twice` is answered and applied again later; `crash` is applied, and the environment never goes on;
 * `crash-before` is not applied either.
 */
export const FAULTS = ['answer-lost', 'late', 'twice', 'crash', 'crash-before'] as const;
export type Fault = (typeof FAULTS)[number] | 'none';

export interface FaultyNetworkOptions {
  /** Lets other tasks run; which ones is what is explored. */
  readonly yield: (label: string) => Promise<unknown>;
  /** The fault of the next request; none once it returns undefined. */
  readonly nextFault: () => Fault | undefined;
}

/** How many turns others have before a late request arrives, in rotation: soon, later, when everything has changed. */
const LATENESS_TURNS = [1, 8, 60];

const FOREVER = new Promise<never>(() => {});

export class FaultyNetwork {
  readonly #options: FaultyNetworkOptions;
  /** Requests that are still on their way. */
  readonly #late: Promise<unknown>[] = [];

  constructor(options: FaultyNetworkOptions) {
    this.#options = options;
  }

  /** Sends one request and waits for its answer; `onCrash` is told if the sender has died of it. */
  async request<T>(label: string, apply: () => T, onCrash: () => void): Promise<T> {
    const fault = this.#options.nextFault() ?? 'none';
    await this.#options.yield(label);
    switch (fault) {
      case 'none':
        return this.#answer(label, apply);
      case 'answer-lost':
        ignoreRefusal(apply);
        throw new StoreUnavailableError(`answer lost: ${label}`);
      case 'late':
        this.#applyLater(label, apply);
        throw new StoreUnavailableError(`request late: ${label}`);
      case 'twice':
        this.#applyLater(label, apply);
        return this.#answer(label, apply);
      case 'crash':
        ignoreRefusal(apply);
        onCrash();
        return FOREVER;
      case 'crash-before':
        onCrash();
        return FOREVER;
    }
  }

  /** Resolves when nothing is on its way any more. */
  async drain(): Promise<void> {
    await Promise.all(this.#late);
  }

  async #answer<T>(label: string, apply: () => T): Promise<T> {
    const answer = apply();
    await this.#options.yield(`${label} answered`);
    return answer;
  }

  #applyLater(label: string, apply: () => unknown): void {
    const turns = LATENESS_TURNS[this.#late.length % LATENESS_TURNS.length]!;
    const deliver = async (): Promise<void> => {
      for (let turn = 0; turn < turns; turn++) await this.#options.yield(`${label} again`);
      ignoreRefusal(apply);
    };
    this.#late.push(deliver());
  }
}

function ignoreRefusal(apply: () => unknown): void {
  try {
    apply();
  } catch {
    // Nobody is there to hear that it was refused.
  }
}

/** A port whose every method is applied at once, in memory. */
export type Simulated<Port> = {
  readonly [Name in keyof Port]: Port[Name] extends (...args: infer Args) => infer Answer
    ? (...args: Args) => Awaited<Answer>
    : never;
};

export interface Ports {
  readonly store: Simulated<ChatStore>;
  readonly inbox?: Simulated<Inbox>;
  readonly signals: { chatId: string; rest: number }[];
}

/** One environment's view of the stores and the queue, across the network. */
export function connect(
  network: FaultyNetwork,
  environment: string,
  { store, inbox, signals }: Ports,
  onCrash: () => void,
): { store: ChatStore; inbox: Inbox; activity: ChatActivity } {
  let isDead = false;
  const die = (): void => {
    isDead = true;
    onCrash();
  };
  /** A dead environment sends nothing and hears nothing, whatever else it had on its way. */
  const send: Send = async (name, apply) => {
    if (isDead) return FOREVER;
    try {
      const answer = await network.request(`${environment} ${name}`, apply, die);
      return isDead ? FOREVER : answer;
    } catch (error) {
      if (isDead) return FOREVER;
      throw error;
    }
  };
  return {
    store: across<ChatStore>(store, send),
    inbox: across<Inbox>(inbox ?? new SimulatedInbox(), send),
    activity: across<ChatActivity>({ signal: (chatId, rest) => void signals.push({ chatId, rest }) }, send),
  };
}

type Send = <T>(name: string, apply: () => T) => Promise<T>;

/** The port itself: each call of a method is a request. */
function across<Port extends object>(simulated: Simulated<Port>, send: Send): Port {
  const names = new Set([...Object.getOwnPropertyNames(Object.getPrototypeOf(simulated)), ...Object.keys(simulated)]);
  const port: unknown = Object.fromEntries(
    [...names].map((name) => [
      name,
      // A test may replace a method later.
      (...args: unknown[]) => send(name, () => Reflect.apply(Reflect.get(simulated, name), simulated, args)),
    ]),
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has every method of what it is made of
  return port as Port;
}
