/** Runs plans one after another on engines that it keeps while they are sound. */
import { ChatStores } from './chat-stores.ts';
import { EngineHost } from './engine-host.ts';
import type { LambdaMode } from '../../localstack/embedded/lambda/function-settings.ts';
import type { Plan } from './plan.ts';
import { type PreparedApp, prepareApp, type SourceChange } from './prepare-app.ts';
import { runPlan, type RunResult } from './run-plan.ts';
import { waitUntilQueueIsEmpty } from './settle.ts';

export class SeedRunner {
  readonly #app: PreparedApp;
  /** Engines with an empty chat, by their mode. */
  readonly #hosts = new Map<LambdaMode, EngineHost>();

  private constructor(app: PreparedApp) {
    this.#app = app;
  }

  /** @param changes to a copy of the app's source, to see that the checks notice them */
  static async start(changes: readonly SourceChange[] = []): Promise<SeedRunner> {
    return new SeedRunner(await prepareApp(changes));
  }

  /** Plays a plan in a new chat. @throws Error if that was not possible */
  async run(plan: Plan): Promise<RunResult> {
    const host = this.#hosts.get(plan.mode) ?? (await EngineHost.start(plan.mode, this.#app.assembly));
    this.#hosts.delete(plan.mode);
    let isSound = false;
    try {
      const result = await runPlan(host, plan);
      isSound = result.violations.length === 0 && (await clearChat(host));
      return result;
    } finally {
      if (isSound) this.#hosts.set(plan.mode, host);
      else await host.discard();
    }
  }

  /** Ends all engines and deletes what they have left. */
  async stop(): Promise<void> {
    await Promise.all([...this.#hosts.values()].map((host) => host.discard()));
    this.#app.discard();
  }
}

/** Takes a chat away with all that is known of it; false if something of it may still come. */
async function clearChat(host: EngineHost): Promise<boolean> {
  if (!(await waitUntilQueueIsEmpty(host))) return false;
  await host.endAllEnvironments();
  await host.drain();
  await ChatStores.use(host, (stores) => stores.clear());
  return true;
}
