/** Applies a plan's faults to the requests between functions and stores. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Exchange, ForwardedAnswer } from '../support/http-proxy.ts';
import { Echoes } from './echoes.ts';
import { HeadWatch } from './head-watch.ts';
import type { Fault, Network } from './network.ts';
import { nameOperation, type Operation } from './operations.ts';
import { PublicationWatch } from './publication-watch.ts';
import { Turns } from './turns.ts';

/** What can be done to the processes. Each resolves once it is done, and does nothing if it is impossible just now. */
export interface ProcessFaults {
  endEnvironment(environment: number): Promise<void>;
  killStore(): Promise<void>;
  killEngine(): Promise<void>;
  /** Resolves when the process goes on. */
  pauseStore(): Promise<void>;
  pauseEngine(): Promise<void>;
}

/** What DynamoDB and SQS answer when they fail themselves. */
const STORE_FAULT: ForwardedAnswer = {
  status: 500,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: Buffer.from('{"__type":"InternalServerError","message":"a fault of the test"}'),
};

/** How long something waits for others to overtake it, when none come: shorter if somebody waits for its answer. */
const COPY_LIMIT_MS = 2_000;
const DELAY_LIMIT_MS = 300;

export class FaultInjector {
  readonly publications = new PublicationWatch();
  readonly heads = new HeadWatch();
  /** The faults that happened, in this order. */
  readonly applied: Fault[] = [];
  readonly #processes: ProcessFaults;
  #faults: ReadonlyMap<string, Fault> = new Map();
  #counts = new Map<string, number>();
  #consumerDelayMs = 0;
  #echoes: Echoes | undefined;
  readonly #turns = new Turns();
  #problem: unknown;

  constructor(processes: ProcessFaults) {
    this.#processes = processes;
  }

  /** Requests are counted anew, and the wave's faults are due; of two for the same request the first one counts. */
  begin({ consumerDelayMs, hasEchoes, faults }: Network): void {
    this.#consumerDelayMs = consumerDelayMs;
    this.#echoes = hasEchoes ? new Echoes() : undefined;
    this.#counts = new Map();
    this.#faults = new Map(faults.toReversed().map((fault) => [`${fault.operation} ${fault.occurrence}`, fault]));
  }

  /** From now on nothing goes wrong; what is late comes now. */
  end(): void {
    this.begin({ consumerDelayMs: 0, hasEchoes: false, faults: [] });
    this.#turns.end();
  }

  /** @throws Error if a request has come that the harness does not know: then the run is worth nothing */
  requireKnown(): void {
    if (this.#problem !== undefined) throw this.#problem;
  }

  /** Resolves when nothing of the exchange is on its way any more. */
  async handle(exchange: Exchange): Promise<void> {
    const { operation, environment } = this.#recognize(exchange);
    const occurrence = (this.#counts.get(operation) ?? 0) + 1;
    this.#counts.set(operation, occurrence);
    if (operation === 'begin-fan-out') await delay(this.#consumerDelayMs);
    const watched: Exchange = {
      ...exchange,
      forward: async () => {
        const answer = await exchange.forward();
        this.heads.noteAnswer(operation, answer);
        return answer;
      },
      answer: (answer) => {
        this.publications.noteAnswer(environment, operation, answer);
        exchange.answer(answer);
      },
    };
    this.publications.noteRequest(environment, operation, exchange.body);
    const fault = this.#faults.get(`${operation} ${occurrence}`);
    try {
      if (fault === undefined) return await pass(watched);
      this.applied.push(fault);
      await this.#apply(fault, watched, environment);
    } finally {
      this.#turns.next(operation);
      await this.#echoes?.follow(operation, watched);
    }
  }

  #recognize(exchange: Exchange): { operation: Operation; environment: number } {
    try {
      const target = String(exchange.headers['x-amz-target']);
      return { operation: nameOperation(target, exchange.body.toString()), environment: environmentOf(exchange) };
    } catch (error) {
      this.#problem ??= error;
      throw error;
    }
  }

  async #apply({ effect, isMade, overtakenBy }: Fault, exchange: Exchange, environment: number): Promise<void> {
    if (effect === 'double' || effect === 'late') {
      const copy = this.#turns.wait(overtakenBy, COPY_LIMIT_MS).then(() => exchange.forward());
      if (effect === 'late') exchange.drop();
      return void (await Promise.all([copy, effect === 'double' && pass(exchange)]));
    }
    const answer = isMade ? await exchange.forward() : undefined;
    const goOn = async (): Promise<void> => exchange.answer(answer ?? (await exchange.forward()));
    switch (effect) {
      case 'delay':
        await this.#turns.wait(overtakenBy, DELAY_LIMIT_MS);
        return goOn();
      case 'drop':
        return exchange.drop();
      case 'fail':
        return exchange.answer(STORE_FAULT);
      case 'hang':
        return;
      case 'end-environment':
        await this.#processes.endEnvironment(environment);
        return exchange.drop();
      case 'kill-store':
        await this.#processes.killStore();
        return exchange.drop();
      case 'kill-engine':
        await this.#processes.killEngine();
        return exchange.drop();
      case 'pause-store':
        return void (await Promise.all([this.#processes.pauseStore(), goOn()]));
      case 'pause-engine':
        return void (await Promise.all([this.#processes.pauseEngine(), goOn()]));
    }
  }
}

async function pass(exchange: Exchange): Promise<void> {
  exchange.answer(await exchange.forward());
}

/** The number of the environment's thread, with which it signs its requests (prepare-app.ts). */
function environmentOf({ headers }: Exchange): number {
  const [, environment] = /Credential=environment-(\d+)\//.exec(String(headers.authorization)) ?? [];
  if (environment === undefined) throw new Error('a request to a store is not signed by an environment');
  return Number(environment);
}
