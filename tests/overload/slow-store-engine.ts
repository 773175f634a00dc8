/** An engine whose functions wait for their stores as long as a test wants. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreEndpoints } from '../../localstack/embedded/engine.ts';
import { type HttpProxy, startHttpProxy } from '../support/http-proxy.ts';
import { readEngineNodeOptions } from '../support/engine-node-options.ts';
import type { RoutedEngineReport } from './routed-engine-main.ts';

const MAIN = path.join(import.meta.dirname, 'routed-engine-main.ts');

export class SlowStoreEngine {
  /** How long each request to a store waits before it is passed on. */
  delayMs = 0;
  apiUrl = '';
  awsEndpoint = '';
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'slow-store-'));
  #proxies: HttpProxy[] = [];
  #child: ChildProcess | undefined;
  #stores: StoreEndpoints | undefined;

  static async start(): Promise<SlowStoreEngine> {
    const engine = new SlowStoreEngine();
    const dynamoDb = await engine.#openProxy('AWS_ENDPOINT_URL_DYNAMODB');
    const sqs = await engine.#openProxy('AWS_ENDPOINT_URL_SQS');
    await engine.#launch({ AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.url, AWS_ENDPOINT_URL_SQS: sqs.url });
    return engine;
  }

  get processId(): number {
    return this.#child?.pid ?? 0;
  }

  /** Ends everything and deletes its folder. */
  async discard(): Promise<void> {
    if (this.#child !== undefined && this.#child.exitCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.disconnect();
      await ended;
    }
    await Promise.all(this.#proxies.map((proxy) => proxy.stop()));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #openProxy(store: keyof StoreEndpoints): Promise<HttpProxy> {
    const proxy = await startHttpProxy(
      () => this.#stores![store],
      async (exchange) => {
        if (this.delayMs > 0) await sleep(this.delayMs);
        exchange.answer(await exchange.forward());
      },
    );
    this.#proxies.push(proxy);
    return proxy;
  }

  async #launch(routes: StoreEndpoints): Promise<void> {
    const child = fork(MAIN, [JSON.stringify(routes)], {
      execArgv: readEngineNodeOptions(),
      env: { ...process.env, API_PORT: '0', AWS_PORT: '0', DATA_DIR: this.#folder },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the engine ended with ${code} before it was ready`)));
      child.on('message', (report: RoutedEngineReport) => {
        if ('stores' in report) {
          this.#stores = report.stores;
        } else {
          Object.assign(this, report);
          resolve();
        }
      });
    });
  }
}
