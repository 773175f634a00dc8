/** The command that runs an engine until it is told to stop. */
import { DataFolder } from './data-folder.ts';
import { startEngine, type Engine } from './engine.ts';
import { type EngineSettings, readSettings, USAGE } from './engine-settings.ts';
import { readCdkApp } from './synthesize.ts';
import { onStopRequest } from './stop-request.ts';
import { watchSources } from './watch-sources.ts';

/** All must be gone within five seconds, and the database's process needs a second after this one. */
const STOP_LIMIT_MS = 3_500;

async function run(settings: EngineSettings): Promise<void> {
  const startedAt = performance.now();
  const report = (step: string): void => console.log(`${secondsSince(startedAt)}  ${step}`);
  const app = await readCdkApp(settings.appFolder, settings.context);
  const folder = DataFolder.open(settings.dataFolder, settings.fresh);

  let engine: Engine | undefined;
  let isStopping = false;
  const stop = async (reason: string, exitCode: number): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    console.log(`Stopping: ${reason}`);
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    await engine?.stop();
    folder.close();
    process.exit(exitCode);
  };
  onStopRequest((reason) => void stop(reason, 0));

  engine = await startEngine({
    settings,
    app,
    folder,
    onProgress: report,
    onFailure: (reason) => void stop(reason, 1),
  });
  const { apiUrls, awsEndpoint, stack, outputs } = engine;
  folder.describe({ processId: process.pid, apiUrls, awsEndpoint, outputs: { [stack.stackName]: outputs } });
  if (settings.watch) {
    const running = engine;
    watchSources(app, async () => {
      const changedAt = performance.now();
      for (const done of await running.reload()) console.log(`${secondsSince(changedAt)}  ${done}`);
    });
  }
  console.log(describeReady(settings, engine, secondsSince(startedAt)));
}

function describeReady(
  { lambdaMode, shownOutput }: EngineSettings,
  { apiUrls, awsEndpoint, outputs }: Engine,
  time: string,
): string {
  const parts = [`Ready in ${time}`, `API ${apiUrls.join(' and ')}`, `AWS ${awsEndpoint}`, `Lambda mode ${lambdaMode}`];
  if (shownOutput !== undefined) parts.push(`try: ${outputs[shownOutput] ?? `there is no output ${shownOutput}`}`);
  return parts.join(' | ');
}

function secondsSince(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}\n  because: ${error.cause.message}` : error.message;
}

// As on AWS. Worker threads cannot have a time zone of their own.
process.env['TZ'] = 'UTC';

try {
  const settings = readSettings(process.argv.slice(2), process.env);
  if (settings === 'help') console.log(USAGE);
  else await run(settings);
} catch (error) {
  console.error(`Cannot start: ${describeError(error)}`);
  process.exit(1);
}
