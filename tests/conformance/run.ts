/** `npm run conformance`: runs the tests that hold for every engine on the engines, and renews the table of them. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { isRunning } from '../../localstack/host/background-process.ts';
import { runCommand } from '../../localstack/host/command-line.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { type HostEngineName, readRunningEngine } from '../support/running-engine.ts';
import { RESULTS_FOLDER } from './report/conformance-result.ts';

const USAGE = `Runs the tests that hold for every engine: the app seen from outside, the conformance cases, sam and the AWS CLI.
LocalStack and MiniStack are started for it on a free port and taken down afterwards, unless they run already.

Usage: npm run conformance -- [ENGINE...]
  ENGINE   embedded, localstack, ministack (all three; if all tests pass, the table in localstack/README.md is renewed)
  --help   this text
`;

const PROJECT = path.resolve(import.meta.dirname, '../..');
const ENGINES = ['embedded', 'localstack', 'ministack'] as const;
type TestedEngine = (typeof ENGINES)[number];
/** Tests ask faster than any client should. */
const SETTINGS = ['publicAccess=true', 'throttle=off', 'sessionThrottle=off'].flatMap((setting) => ['-c', setting]);
/** Tests in Python of what runs functions on LocalStack. */
const EXECUTOR_TESTS = 'localstack/localstack/python/run-tests.ts';

let isInterrupted = false;

/** @returns whether all tests passed */
async function testEngine(engine: TestedEngine): Promise<boolean> {
  const resultsFile = path.join(RESULTS_FOLDER, `${engine}.json`);
  rmSync(resultsFile, { force: true });
  if (engine === 'embedded') return testAll(resultsFile);

  const passed = (await isUp(engine)) ? await testAll(resultsFile, engine) : await testOnce(engine, resultsFile);
  const cameAndWent = await run('vitest', ['run', '--project=engines'], { ENGINE: engine });
  const executorPassed = engine !== 'localstack' || (await run('node', [EXECUTOR_TESTS]));
  return passed && cameAndWent && executorPassed;
}

/** Starts the engine for the tests and takes it down again. */
async function testOnce(engine: HostEngineName, resultsFile: string): Promise<boolean> {
  // The open release of LocalStack has no WebSocket APIs.
  const settings = engine === 'localstack' ? [...SETTINGS, '-c', 'modules=stream,chats'] : SETTINGS;
  const control = (...args: string[]) => run('node', [`localstack/${engine}/main.ts`, ...settings, ...args]);
  const isReady = await control('--port', String(await findFreePort()));
  const passed = isReady && (await testAll(resultsFile, engine));
  return (await control('--down')) && passed;
}

function testAll(resultsFile: string, engine?: HostEngineName): Promise<boolean> {
  const projects = ['integration', 'conformance', 'clients'].map((project) => `--project=${project}`);
  return run('vitest', ['run', ...projects], {
    CONFORMANCE_RESULTS: resultsFile,
    ...(engine !== undefined && { ENGINE: engine }),
  });
}

async function isUp(engine: HostEngineName): Promise<boolean> {
  try {
    return await isRunning(readRunningEngine(engine));
  } catch {
    return false;
  }
}

/** @returns whether the program ended well */
async function run(program: string, args: string[], env: Record<string, string> = {}): Promise<boolean> {
  // What was started is taken down also after Ctrl-C, which all programs get.
  if (isInterrupted && !args.includes('--down')) return false;
  const { failed } = await execa(program, args, {
    cwd: PROJECT,
    preferLocal: true,
    stdio: 'inherit',
    env,
    reject: false,
  });
  return !failed;
}

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', default: false } },
  });
  if (values.help) return console.log(USAGE);
  const unknown = positionals.find((name) => !ENGINES.some((engine) => engine === name));
  if (unknown !== undefined) throw new Error(`There is no engine "${unknown}"; it takes ${ENGINES.join(', ')}`);
  process.on('SIGINT', () => void (isInterrupted = true));

  const engines = ENGINES.filter((engine) => positionals.length === 0 || positionals.includes(engine));
  // Results of another time are no part of the table.
  if (positionals.length === 0) rmSync(RESULTS_FOLDER, { recursive: true, force: true });
  const failed: string[] = [];
  for (const engine of engines) {
    console.log(`== ${engine}`);
    if (!(await testEngine(engine))) failed.push(engine);
  }
  if (failed.length > 0) throw new Error(`Not all is as it should be on ${failed.join(' and ')}; see above.`);
  if (positionals.length === 0 && !(await run('node', ['tests/conformance/report/update-table.ts'])))
    throw new Error('The table could not be renewed; see above.');
});
