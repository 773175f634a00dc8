/** `npm run bench`: this messenger beside a plain server, under load. */
import { onStopRequest } from '../localstack/embedded/stop-request.ts';
import { EXIT, type ExitCode, runTool, ToolError } from '../tools/command-line/run-tool.ts';
import { compareChatLists } from './commands/chats.ts';
import { compare } from './commands/compare.ts';
import { measureHistory } from './commands/history.ts';
import { measureLogins } from './commands/logins.ts';
import { measureLive } from './commands/live.ts';
import { compareMembers } from './commands/members.ts';
import { profile } from './commands/profile.ts';
import { soak } from './commands/soak.ts';
import { makeWorkspace } from './measure/workspace.ts';
import { BENCH_HELP, type BenchOptions, readBenchOptions } from './options.ts';
import { renderReport } from './report/render-report.ts';
import type { BenchResults } from './report/results.ts';
import { saveResults } from './report/save-results.ts';

const COMMANDS = {
  compare,
  members: compareMembers,
  chats: compareChatLists,
  logins: measureLogins,
  history: measureHistory,
  soak,
  live: measureLive,
  profile,
};

await runTool(async () => {
  const options = readBenchOptions(process.argv.slice(2));
  if (options !== undefined) return runBench(options);
  console.log(BENCH_HELP);
  return EXIT.ok;
});

async function runBench(options: BenchOptions): Promise<ExitCode> {
  const results = await measure(options);
  console.log(renderReport(results).markdown);
  saveResults(options.out, results);
  return hasProblems(results) ? EXIT.failed : EXIT.ok;
}

function hasProblems(results: BenchResults): boolean {
  if (results.command === 'logins' && results.waves.some(({ failures }) => Object.keys(failures).length > 0))
    return true;
  const cells = results.command === 'live' ? [...results.cells, ...results.idle] : results.cells;
  return cells.some(({ problems }) => problems.length > 0);
}

/** @throws ToolError if it is stopped before its end; what was started has been ended then too */
async function measure(options: BenchOptions): Promise<BenchResults> {
  await using started = new AsyncDisposableStack();
  const folder = makeWorkspace(started);
  const stop = new AbortController();
  onStopRequest((reason) => stop.abort(new ToolError(`Stopped: ${reason}`)));
  try {
    return await COMMANDS[options.command](options, folder, stop.signal);
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  }
}
