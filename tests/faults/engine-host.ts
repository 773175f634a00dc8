/** A killable engine between the harness's proxies, which outlast it. */
import { mkdtempSync, cpSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { StoreEndpoints } from '../../localstack/embedded/engine.ts';
import type { LambdaMode } from '../../localstack/embedded/lambda/function-settings.ts';
import { type Exchange, type HttpProxy, startHttpProxy } from '../support/http-proxy.ts';
import { EngineChild } from './engine-child.ts';
import type { ProcessFaults } from './fault-injector.ts';
import { patchTemplate } from './patch-template.ts';

/** Longer than the SDK's time-out in the functions, 2 s. */
const PAUSE_MS = 2_400;

type Handle = (exchange: Exchange) => Promise<void>;

export class EngineHost implements ProcessFaults {
  readonly #mode: LambdaMode;
  readonly #folder: string;
  #proxies: { readonly dynamoDb: HttpProxy; readonly sqs: HttpProxy } | undefined;
  #child: EngineChild | undefined;
  #handle: Handle = passOn;

  private constructor(mode: LambdaMode) {
    this.#mode = mode;
    this.#folder = mkdtempSync(path.join(tmpdir(), 'faults-engine-'));
  }

  /** @param assembly of the app, see prepare-app.ts */
  static async start(mode: LambdaMode, assembly: string): Promise<EngineHost> {
    const host = new EngineHost(mode);
    const open = (store: keyof StoreEndpoints): Promise<HttpProxy> =>
      startHttpProxy(
        () => host.stores[store],
        (exchange) => host.#handle(exchange),
      );
    const proxies = { dynamoDb: await open('AWS_ENDPOINT_URL_DYNAMODB'), sqs: await open('AWS_ENDPOINT_URL_SQS') };
    host.#proxies = proxies;
    cpSync(assembly, host.#assembly, { recursive: true });
    patchTemplate(host.#assembly);
    host.#launch();
    await host.#running.ready;
    return host;
  }

  /** The API of the engine that runs, or of the one that is being started. */
  async apiUrl(): Promise<string> {
    return (await this.#running.ready).apiUrl;
  }

  /** The stores themselves, without the proxies. */
  get stores(): StoreEndpoints {
    return this.#running.stores;
  }

  async describeStores(): Promise<{ table: string; queue: string }> {
    return this.#running.ready;
  }

  /** From now on `handle` decides what becomes of requests to the stores; without one they are passed on. */
  interpose(handle: Handle = passOn): void {
    this.#handle = handle;
  }

  /** Resolves when nothing is on its way between functions and stores. */
  async drain(): Promise<void> {
    await Promise.all([this.#proxies?.dynamoDb.drain(), this.#proxies?.sqs.drain()]);
  }

  endEnvironment(environment: number): Promise<void> {
    return this.#running.endEnvironments(environment);
  }

  endAllEnvironments(): Promise<void> {
    return this.#running.endEnvironments('all');
  }

  async killStore(): Promise<void> {
    for (const processId of this.#running.listStores()) signal(processId, 'SIGKILL');
  }

  async killEngine(): Promise<void> {
    const running = this.#running;
    if (!running.isReady) return;
    await running.kill();
    this.#launch();
  }

  async pauseStore(): Promise<void> {
    await pause(this.#running.listStores());
  }

  async pauseEngine(): Promise<void> {
    if (this.#running.isReady) await pause([this.#running.processId]);
  }

  /** Ends everything and deletes its folder. */
  async discard(): Promise<void> {
    this.interpose(async (exchange) => exchange.drop());
    await this.#child?.kill();
    await Promise.all([this.#proxies?.dynamoDb.stop(), this.#proxies?.sqs.stop()]);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #assembly(): string {
    return path.join(this.#folder, 'app');
  }

  get #running(): EngineChild {
    if (this.#child === undefined) throw new Error('the engine was not started; call EngineHost.start');
    return this.#child;
  }

  #launch(): void {
    if (this.#proxies === undefined) throw new Error('the engine needs the addresses of its proxies');
    const { dynamoDb, sqs } = this.#proxies;
    this.#child = EngineChild.launch({
      mode: this.#mode,
      dataFolder: path.join(this.#folder, 'data'),
      assembly: this.#assembly,
      proxies: { AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.url, AWS_ENDPOINT_URL_SQS: sqs.url },
    });
  }
}

async function passOn(exchange: Exchange): Promise<void> {
  exchange.answer(await exchange.forward());
}

async function pause(processIds: readonly number[]): Promise<void> {
  for (const processId of processIds) signal(processId, 'SIGSTOP');
  await delay(PAUSE_MS);
  for (const processId of processIds) signal(processId, 'SIGCONT');
}

function signal(processId: number, name: NodeJS.Signals): void {
  try {
    process.kill(processId, name);
  } catch {
    // It has ended in the meantime.
  }
}
