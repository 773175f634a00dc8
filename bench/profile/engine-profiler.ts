/** Profiles all threads of the engine and its database, and divides their time among the stages of a send. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { listChildProcesses } from '../../tests/support/child-processes.ts';
import { ToolError } from '../../tools/command-line/run-tool.ts';
import { type FindSource, readBundledSources } from './bundled-sources.ts';
import { countSamples, type StageTimes } from './count-samples.ts';
import { Inspector } from './inspector.ts';
import { FRONT_STAGES, FUNCTION_STAGES, STORE_STAGES } from './stages.ts';

const HANDLERS = ['functions/send-message/handler.ts', 'functions/fan-out/handler.ts'];
/** Where a Node.js process listens when a signal starts its inspector. */
const SIGNALLED_PORT = 9229;

export class EngineProfiler implements Disposable {
  readonly #engine: Inspector;
  readonly #database: Inspector;
  readonly #findSource: FindSource;

  /** @param inspectPort of 127.0.0.1 on which the engine's inspector listens */
  static async attach(engineId: number, inspectPort: number): Promise<EngineProfiler> {
    const [databaseId] = listChildProcesses(engineId);
    if (databaseId === undefined) throw new Error('the engine has no database process');
    await refuseTakenPort(SIGNALLED_PORT);
    process.kill(databaseId, 'SIGUSR1');
    const findSource = await readBundledSources(HANDLERS);
    const inspectors = await Promise.all([inspectPort, SIGNALLED_PORT].map((port) => Inspector.connect(port)));
    return new EngineProfiler(inspectors[0]!, inspectors[1]!, findSource);
  }

  private constructor(engine: Inspector, database: Inspector, findSource: FindSource) {
    this.#engine = engine;
    this.#database = database;
    this.#findSource = findSource;
  }

  /** Runs `work` under the profiler. @returns the time of the samples in each stage */
  async profile(work: () => Promise<void>): Promise<StageTimes> {
    const finishDatabase = await this.#database.startProfile();
    const finishEngine = await this.#engine.startProfile();
    await work();
    const [front, ...functions] = await finishEngine();
    const times: StageTimes = new Map();
    countSamples(front!, FRONT_STAGES, this.#findSource, times);
    for (const each of functions) countSamples(each, FUNCTION_STAGES, this.#findSource, times);
    for (const each of await finishDatabase()) countSamples(each, STORE_STAGES, this.#findSource, times);
    return times;
  }

  [Symbol.dispose](): void {
    this.#engine[Symbol.dispose]();
    this.#database[Symbol.dispose]();
  }
}

/** Whoever listens there would be profiled instead. */
async function refuseTakenPort(port: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ToolError(`port ${port} is taken (${String(error)}); end the inspector or debugger that listens there`);
  }
  await new Promise((resolve) => void server.close(resolve));
}
