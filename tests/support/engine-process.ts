/** An embedded engine as a process of its own, on free ports and a temporary folder. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EngineDescription } from '../../localstack/embedded/data-folder.ts';
import { listChildProcesses } from './child-processes.ts';
import { readEngineNodeOptions } from './engine-node-options.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const MAIN = path.join(PROJECT, 'localstack/embedded/main.ts');

export interface EngineProcessOptions {
  /** A folder of an earlier engine; a new temporary one by default. */
  readonly dataFolder?: string;
  readonly environment?: Record<string, string>;
  readonly args?: readonly string[];
  /** Folder of the CDK app; this project by default. */
  readonly appFolder?: string;
}

export class EngineProcess {
  readonly dataFolder: string;
  readonly #child: ChildProcess;
  #output = '';

  private constructor(dataFolder: string, child: ChildProcess) {
    this.dataFolder = dataFolder;
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
  }

  /** Resolves when the engine is ready. @throws Error with what it printed, if it ends before */
  static async start(options: EngineProcessOptions = {}): Promise<EngineProcess> {
    const engine = EngineProcess.launch(options);
    await engine.printed('Ready');
    return engine;
  }

  /** Starts an engine without waiting for it. */
  static launch({ dataFolder, environment = {}, args = [], appFolder = PROJECT }: EngineProcessOptions): EngineProcess {
    const folder = dataFolder ?? mkdtempSync(path.join(tmpdir(), 'engine-'));
    const { npm_lifecycle_event: _, ...inherited } = process.env;
    // The IPC channel ends the engine when the test run is killed.
    const child = fork(MAIN, ['-c', 'publicAccess=true', '--websocket', '/messenger/ws', ...args], {
      cwd: appFolder,
      execArgv: readEngineNodeOptions(),
      silent: true,
      env: { ...inherited, API_PORT: '0', AWS_PORT: '0', DATA_DIR: folder, ...environment },
    });
    return new EngineProcess(folder, child);
  }

  get output(): string {
    return this.#output;
  }

  get processId(): number {
    return this.#child.pid!;
  }

  /** Processes that the engine has started. */
  listChildren(): number[] {
    return listChildProcesses(this.processId);
  }

  /** What the engine tells about itself in its folder. */
  describe(): EngineDescription {
    return JSON.parse(readFileSync(path.join(this.dataFolder, 'engine.json'), 'utf8'));
  }

  /** Resolves when the engine has printed a text. */
  async printed(text: string): Promise<void> {
    while (!this.#output.includes(text)) {
      const ended = this.#child.exitCode !== null || this.#child.signalCode !== null;
      if (ended) throw new Error(`the engine ended without printing "${text}":\n${this.#output}`);
      await Promise.race([
        once(this.#child.stdout!, 'data'),
        once(this.#child.stderr!, 'data'),
        once(this.#child, 'exit'),
      ]);
    }
  }

  /** Sends a signal and resolves with the exit code when the engine has ended. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill(signal);
      await ended;
    }
    return this.#child.exitCode;
  }

  async exited(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  /** Stops the engine and deletes its folder. */
  async discard(): Promise<void> {
    await this.end('SIGTERM');
    rmSync(this.dataFolder, { recursive: true, force: true });
  }
}
