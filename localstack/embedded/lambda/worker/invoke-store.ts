/** What belongs to the request that runs: the store that AWS libraries find as `awslambda.InvokeStore`. */
import { AsyncLocalStorage } from 'node:async_hooks';

const REQUEST_ID = Symbol.for('_AWS_LAMBDA_REQUEST_ID');
const TRACE_ID = Symbol.for('_AWS_LAMBDA_X_RAY_TRACE_ID');
const TENANT_ID = Symbol.for('_AWS_LAMBDA_TENANT_ID');

type InvokeValues = Record<string | symbol, unknown>;

/**
 * Keeps values apart between requests that run at the same time in one thread. Has the methods of the npm package
 * `@aws/lambda-invoke-store`, by which the AWS SDK and Powertools read it.
 */
export class InvokeStore {
  readonly #values = new AsyncLocalStorage<InvokeValues>();

  /** Runs `work` as part of the request `requestId`. */
  runRequest<T>(requestId: string, work: () => T): T {
    return this.#values.run({ [REQUEST_ID]: requestId }, work);
  }

  /** The id of the request that runs, undefined outside of any. */
  findRequestId(): string | undefined {
    const requestId = this.#values.getStore()?.[REQUEST_ID];
    return typeof requestId === 'string' ? requestId : undefined;
  }

  run<T>(values: InvokeValues, work: () => T): T {
    return this.#values.run(values, work);
  }

  getContext(): InvokeValues | undefined {
    return this.#values.getStore();
  }

  hasContext(): boolean {
    return this.#values.getStore() !== undefined;
  }

  get(key: string | symbol): unknown {
    return this.#values.getStore()?.[key];
  }

  /** Keeps a value for the rest of the request. Throws outside of a request and for the keys of the runtime. */
  set(key: string | symbol, value: unknown): void {
    if (key === REQUEST_ID || key === TRACE_ID || key === TENANT_ID) {
      throw new Error(`Cannot modify protected Lambda context field: ${String(key)}`);
    }
    const values = this.#values.getStore();
    if (values === undefined) throw new Error('No context available');
    values[key] = value;
  }

  /** The id of the request that runs, `-` outside of any. */
  getRequestId(): string {
    return this.findRequestId() ?? '-';
  }

  getXRayTraceId(): unknown {
    return this.get(TRACE_ID);
  }

  getTenantId(): unknown {
    return this.get(TENANT_ID);
  }
}
