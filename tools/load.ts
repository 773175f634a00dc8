/** `npm run load`: sends many messages to the open stream and saves the answers. */
import { AnswerFile } from './answers/answer-file.ts';
import { startProgress } from './command-line/progress.ts';
import { EXIT, type ExitCode, runTool, ToolError } from './command-line/run-tool.ts';
import { LOAD_HELP, type LoadOptions, readLoadOptions } from './load/load-options.ts';
import { Load } from './load/load.ts';
import { requireApi } from './load/require-api.ts';
import { summarizeLoad } from './load/summarize.ts';
import { Tally } from './load/tally.ts';

await runTool(async () => {
  const options = readLoadOptions(process.argv.slice(2));
  if (options !== undefined) return runLoad(options);
  console.log(LOAD_HELP);
  return EXIT.ok;
});

async function runLoad(options: LoadOptions): Promise<ExitCode> {
  const { messages, responses } = options;
  await requireApi(options.urls);
  const file = await AnswerFile.create(responses).catch((error: Error) => {
    throw new ToolError(`${responses} cannot be written: ${error.message}`);
  });
  const tally = new Tally();
  const load = new Load(options, file, tally);
  stopOnSignals(load);

  const progress = startProgress('Sending', messages);
  const startedAtMs = performance.now();
  await load.run(() => progress.update(tally.right + tally.failed, `${tally.failed} errors`));
  const durationMs = performance.now() - startedAtMs;
  progress.stop();
  await file.close();
  console.log(summarizeLoad(tally, messages, durationMs, responses));
  return tally.right === messages ? EXIT.ok : EXIT.failed;
}

function stopOnSignals(load: Load): void {
  let signals = 0;
  const onSignal = (): void => {
    if (++signals === 1) load.stop();
    else void load.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
}
