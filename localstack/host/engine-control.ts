/** Brings an engine up with an app deployed on it, and takes it down again. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type FolderLock, lockFolder } from '../folder-lock.ts';
import { isRunning, type ProcessIdentity, startInBackground, stopProcess } from './background-process.ts';
import { deploy, type Deployment, destroy } from './deploy.ts';
import type { HostEngine } from './host-engine.ts';

export interface EngineControlOptions {
  readonly engine: HostEngine;
  /** Where everything is kept: what was installed, and the state while the engine runs. */
  readonly folder: string;
  readonly appFolder: string;
  readonly context: Readonly<Record<string, string>>;
  readonly report: (step: string) => void;
}

/** Kept in the state folder while the engine runs; other programs may read it. */
export interface EngineRecord extends ProcessIdentity {
  readonly awsEndpoint: string;
  readonly deployment: Deployment | undefined;
}

const DEFAULT_PORT = 4566;
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
   * @param port of 127.0.0.1; without it that of the engine that runs, or 4566
   * @param signal stops it; what this call has started is then stopped again
   * @throws PrerequisiteError, FolderInUseError if another command is at work on the engine, or Error if the port is taken,
   *   the engine does not start or the app cannot be deployed
   */
  async bringUp(port: number | undefined, signal: AbortSignal): Promise<EngineRecord> {
    const lock = this.#lock();
    try {
      const running = await this.findRunning();
      if (running === undefined) return await this.#startAndDeploy(port ?? DEFAULT_PORT, signal);
      if (port !== undefined && running.awsEndpoint !== urlOfPort(port))
        throw new Error(
          `--port: got ${port}, but ${this.#title} runs at ${running.awsEndpoint}; leave the option out, or take it down first`,
        );
      this.#report(`${this.#title} runs already at ${running.awsEndpoint} (process ${running.processId})`);
      return await this.#deploy(running, signal);
    } finally {
      lock.release();
    }
  }

  /** Destroys the stacks, stops the engine and deletes its state. @returns whether it was running */
  async takeDown(): Promise<boolean> {
    const lock = this.#lock();
    try {
      const running = await this.findRunning();
      if (running === undefined) return false;
      this.#report('destroying the stacks');
      try {
        await destroy(this.#deployOptions(running));
      } finally {
        await this.#stop(running);
      }
      return true;
    } finally {
      this.#deleteState();
      lock.release();
    }
  }

  /** What is known of the engine if it runs. */
  async findRunning(): Promise<EngineRecord | undefined> {
    let record: EngineRecord;
    try {
      record = JSON.parse(readFileSync(this.#recordFile, 'utf8'));
    } catch {
      return undefined;
    }
    return (await isRunning(record)) ? record : undefined;
  }

  async #startAndDeploy(port: number, signal: AbortSignal): Promise<EngineRecord> {
    const { engine, folder, report } = this.#options;
    await requireFreePort(port);
    await engine.prepare(folder, report);
    signal.throwIfAborted();
    // The first preparation takes a minute, in which the port may be taken.
    await requireFreePort(port);
    const record = await this.#start(port, signal);
    try {
      return await this.#deploy(record, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      await this.#stop(record);
      this.#deleteState();
      throw signal.reason;
    }
  }

  async #deploy(record: EngineRecord, signal: AbortSignal): Promise<EngineRecord> {
    const deployment = await deploy({ ...this.#deployOptions(record), signal });
    return this.#write({ ...record, deployment });
  }

  async #stop(record: EngineRecord): Promise<void> {
    this.#report(`stopping ${this.#title}`);
    await stopProcess(record);
  }

  async #start(port: number, signal: AbortSignal): Promise<EngineRecord> {
    const { engine, folder } = this.#options;
    this.#report(`starting ${this.#title}`);
    this.#deleteState();
    mkdirSync(this.#stateFolder, { recursive: true });
    // The code of functions is unpacked in here: without this, this project's package.json would make ES modules of it.
    writeFileSync(path.join(this.#stateFolder, 'package.json'), '{}\n');
    const launch = engine.createLaunch({ folder, stateFolder: this.#stateFolder, port });
    const identity = await startInBackground(launch, this.#logFile);
    const record = this.#write({ ...identity, awsEndpoint: urlOfPort(port), deployment: undefined });
    try {
      await this.#waitUntilHealthy(record, signal);
    } catch (error) {
      await stopProcess(record);
      if (signal.aborted) this.#deleteState();
      throw error;
    }
    return record;
  }

  async #waitUntilHealthy(record: EngineRecord, signal: AbortSignal): Promise<void> {
    const url = `${record.awsEndpoint}${this.#options.engine.healthPath}`;
    const deadline = Date.now() + START_LIMIT_MS;
    while (!(await answersOk(url))) {
      signal.throwIfAborted();
      const problem = (await isRunning(record)) ? Date.now() > deadline && 'does not answer' : 'has ended';
      if (problem) throw new Error(`${this.#title} ${problem}. The end of ${this.#logFile}:\n${this.#readEndOfLog()}`);
      await delay(HEALTH_INTERVAL_MS);
    }
  }

  #write(record: EngineRecord): EngineRecord {
    // In one step: a record that cannot be read counts as an engine that does not run.
    const unfinished = `${this.#recordFile}.new`;
    writeFileSync(unfinished, `${JSON.stringify(record, undefined, 2)}\n`);
    renameSync(unfinished, this.#recordFile);
    return record;
  }

  #deleteState(): void {
    // What the engine has started may still be writing as it ends.
    rmSync(this.#stateFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  #lock(): FolderLock {
    const { engine, folder } = this.#options;
    return lockFolder(path.dirname(folder), `${engine.name}.lock`);
  }

  #report(step: string): void {
    this.#options.report(step);
  }

  get #title(): string {
    return this.#options.engine.title;
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

function urlOfPort(port: number): string {
  return `http://127.0.0.1:${port}`;
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
