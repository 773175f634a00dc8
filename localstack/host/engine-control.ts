/** Brings an engine up with an app deployed on it, and takes it down again. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, type ProcessIdentity, startInBackground, stopProcess } from './background-process.ts';
import { deploy, type Deployment, destroy } from './deploy.ts';
import type { HostEngine } from './host-engine.ts';

export interface EngineControlOptions {
  readonly engine: HostEngine;
  /** Where everything is kept: what was installed, and the state while the engine runs. */
  readonly folder: string;
  readonly appFolder: string;
  readonly context: readonly string[];
  readonly report: (step: string) => void;
}

/** Kept in the state folder while the engine runs; other programs may read it. */
export interface EngineRecord extends ProcessIdentity {
  readonly awsEndpoint: string;
  readonly deployment: Deployment | undefined;
}

const HEALTH_INTERVAL_MS = 100;
const START_LIMIT_MS = 120_000;
const SHOWN_LOG_LINES = 20;

export class EngineControl {
  readonly #options: EngineControlOptions;
  readonly #stateFolder: string;

  constructor(options: EngineControlOptions) {
    this.#options = options;
    this.#stateFolder = path.join(options.folder, 'state');
  }

  /**
   * Prepares and starts the engine unless it runs already, and deploys the app.
   * @throws PrerequisiteError, or Error if the port is taken, the engine does not start or the app cannot be deployed
   */
  async bringUp(port: number, signal: AbortSignal): Promise<EngineRecord> {
    const { engine, folder, report } = this.#options;
    let record = await this.#findRunning();
    if (record === undefined) {
      await requireFreePort(port);
      await engine.prepare(folder, report);
      record = await this.#start(port, signal);
    } else {
      report(`${engine.title} runs already at ${record.awsEndpoint} (process ${record.processId})`);
    }
    const deployment = await deploy({ ...this.#deployOptions(record), signal });
    return this.#write({ ...record, deployment });
  }

  /** Destroys the stacks and stops the engine. @returns whether there was one */
  async takeDown(): Promise<boolean> {
    const record = await this.#findRunning();
    if (record !== undefined) {
      this.#options.report('destroying the stacks');
      try {
        await destroy(this.#deployOptions(record));
      } finally {
        await this.stop();
      }
    }
    rmSync(this.#stateFolder, { recursive: true, force: true });
    return record !== undefined;
  }

  /** Stops the engine with all that it holds. */
  async stop(): Promise<void> {
    const record = await this.#findRunning();
    if (record === undefined) return;
    this.#options.report(`stopping ${this.#options.engine.title}`);
    await stopProcess(record);
    rmSync(this.#stateFolder, { recursive: true, force: true });
  }

  async #start(port: number, signal: AbortSignal): Promise<EngineRecord> {
    const { engine, folder, report } = this.#options;
    report(`starting ${engine.title}`);
    rmSync(this.#stateFolder, { recursive: true, force: true });
    mkdirSync(this.#stateFolder, { recursive: true });
    // The code of functions is unpacked in here: without this, this project's package.json would make ES modules of it.
    writeFileSync(path.join(this.#stateFolder, 'package.json'), '{}\n');
    const launch = engine.createLaunch({ folder, stateFolder: this.#stateFolder, port });
    const identity = await startInBackground(launch, this.#logFile);
    const record = this.#write({ ...identity, awsEndpoint: `http://127.0.0.1:${port}`, deployment: undefined });
    try {
      await this.#waitUntilHealthy(record, signal);
    } catch (error) {
      await stopProcess(record);
      throw error;
    }
    return record;
  }

  async #waitUntilHealthy(record: EngineRecord, signal: AbortSignal): Promise<void> {
    const { title, healthPath } = this.#options.engine;
    const deadline = Date.now() + START_LIMIT_MS;
    while (!(await answersOk(`${record.awsEndpoint}${healthPath}`))) {
      signal.throwIfAborted();
      const problem = (await isRunning(record)) ? Date.now() > deadline && 'does not answer' : 'has ended';
      if (problem) throw new Error(`${title} ${problem}. The end of ${this.#logFile}:\n${this.#readEndOfLog()}`);
      await delay(HEALTH_INTERVAL_MS);
    }
  }

  async #findRunning(): Promise<EngineRecord | undefined> {
    let record: EngineRecord;
    try {
      record = JSON.parse(readFileSync(this.#recordFile, 'utf8'));
    } catch {
      return undefined;
    }
    return (await isRunning(record)) ? record : undefined;
  }

  #write(record: EngineRecord): EngineRecord {
    writeFileSync(this.#recordFile, `${JSON.stringify(record, undefined, 2)}\n`);
    return record;
  }

  #readEndOfLog(): string {
    return readFileSync(this.#logFile, 'utf8').trimEnd().split('\n').slice(-SHOWN_LOG_LINES).join('\n');
  }

  #deployOptions({ awsEndpoint }: EngineRecord) {
    const { appFolder, context, report } = this.#options;
    return { endpoint: awsEndpoint, appFolder, context, report, workFolder: this.#stateFolder };
  }

  get #recordFile(): string {
    return path.join(this.#stateFolder, 'engine.json');
  }

  get #logFile(): string {
    return path.join(this.#stateFolder, 'engine.log');
  }
}

async function requireFreePort(port: number): Promise<void> {
  const isTaken = await new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
  if (isTaken)
    throw new Error(
      `Port ${port} is in use, perhaps by npm start or another engine: stop that one, or take another --port`,
    );
}

async function answersOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
