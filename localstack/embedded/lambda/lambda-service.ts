/** Runs Lambda functions in worker threads of this process. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { LogFile } from '../log-file.ts';
import { parseFunctionName } from './function-name.ts';
import { FunctionPool } from './function-pool.ts';
import { exceedsBytes, SYNCHRONOUS_PAYLOAD_LIMIT_BYTES } from './payload-limits.ts';
import { functionNotFound, requestTooLarge } from './service-errors.ts';
import type { FunctionSettings, InvokeOptions, InvokeResult, LambdaMode } from './function-settings.ts';

export type { FunctionSettings, InvokeOptions, InvokeResult, LambdaMode } from './function-settings.ts';

export interface LambdaServiceOptions {
  mode: LambdaMode;
  /** How many environments one function may have at the same time. */
  maxEnvironments: number;
  /** How many requests an environment serves at the same time in the mode `managed`; always one in the mode `lambda`. */
  concurrencyPerEnvironment: number;
  /** Where `<function name>.log` goes; made with the first line. */
  logFolder: string;
  region: string;
  accountId: string;
}

/** Holds functions and invokes them. A failing function is an answer; nothing a function does ends the engine. */
export class LambdaService {
  readonly #options: LambdaServiceOptions;
  readonly #pools = new Map<string, FunctionPool>();
  /** As integrations name functions: reading an ARN for each request would take longer. */
  readonly #poolsByArn = new Map<string, FunctionPool>();
  readonly #logFiles: LogFile[] = [];

  constructor(options: LambdaServiceOptions) {
    this.#options = options;
    process.on('exit', this.#flushLogs);
  }

  /** Adds a function; its first environment starts with its first request. Throws if the name is taken. */
  createFunction(settings: FunctionSettings): void {
    const { mode, region, maxEnvironments, concurrencyPerEnvironment, logFolder } = this.#options;
    const { functionName } = settings;
    if (this.#pools.has(functionName)) {
      throw new Error(`Function ${functionName} exists already; use replaceCode to change its code`);
    }
    const logFile = new LogFile(join(logFolder, `${functionName}.log`));
    this.#logFiles.push(logFile);
    const pool = new FunctionPool(settings, {
      mode,
      region,
      maxEnvironments,
      concurrencyPerEnvironment: mode === 'managed' ? concurrencyPerEnvironment : 1,
      writeLog: (text) => logFile.write(text),
    });
    this.#pools.set(functionName, pool);
    this.#poolsByArn.set(settings.functionArn, pool);
  }

  /** New requests go to new environments with this code; old ones finish their requests and end. Throws if unknown. */
  replaceCode(functionName: string, codeFolder: string): void {
    this.#findPool(functionName).replaceCode(codeFolder);
  }

  listFunctions(): FunctionSettings[] {
    return [...this.#pools.values()].map(({ settings }) => settings);
  }

  /** The settings of a function by name, partial ARN or ARN. Throws ResourceNotFoundException if there is none. */
  getFunction(nameOrArn: string): FunctionSettings {
    return this.#findPool(nameOrArn).settings;
  }

  /**
   * Invokes a function by name, partial ARN or ARN with JSON text, and resolves with its answer even if it failed.
   * Rejects with a LambdaServiceError if there is no such function, the payload exceeds 6 MB or the service is stopped.
   */
  async invoke(nameOrArn: string, payload: string, options: InvokeOptions = {}): Promise<InvokeResult> {
    const pool = this.#findPool(nameOrArn);
    if (exceedsBytes(payload, SYNCHRONOUS_PAYLOAD_LIMIT_BYTES)) {
      throw requestTooLarge(payload, 'RequestResponse', SYNCHRONOUS_PAYLOAD_LIMIT_BYTES);
    }
    return await pool.invoke(payload, { requestId: randomUUID(), ...options });
  }

  /** Ends all workers at once and writes the logs; invocations that have no answer yet are rejected. */
  async stop(): Promise<void> {
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    this.#poolsByArn.clear();
    await Promise.all(pools.map((pool) => pool.stop()));
    for (const logFile of this.#logFiles) logFile.close();
    process.off('exit', this.#flushLogs);
  }

  #findPool(nameOrArn: string): FunctionPool {
    const pool = this.#pools.get(nameOrArn) ?? this.#poolsByArn.get(nameOrArn) ?? this.#findQualified(nameOrArn);
    if (pool !== undefined) return pool;
    const { region, accountId } = this.#options;
    const { functionName, qualifier } = parseFunctionName(nameOrArn);
    const suffix = qualifier === undefined ? '' : `:${qualifier}`;
    throw functionNotFound(`arn:aws:lambda:${region}:${accountId}:function:${functionName}${suffix}`);
  }

  /** There are no versions and aliases here, so `$LATEST` is the only qualifier. */
  #findQualified(nameOrArn: string): FunctionPool | undefined {
    const { functionName, qualifier = '$LATEST' } = parseFunctionName(nameOrArn);
    return qualifier === '$LATEST' ? this.#pools.get(functionName) : undefined;
  }

  readonly #flushLogs = (): void => {
    for (const logFile of this.#logFiles) logFile.flush();
  };
}
