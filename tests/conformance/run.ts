/** `npm run conformance`: runs the tests that hold for every engine on the engines, and renews the table of them. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { RESULTS_FOLDER } from './report/conformance-result.ts';

const USAGE = `Runs the tests that hold for every engine: the app seen from outside, the conformance cases, sam and the AWS CLI.
LocalStack and MiniStack are started for it and stopped afterwards, unless they run already.

Usage: npm run conformance -- [ENGINE...]
  ENGINE       embedded, localstack, ministack (all three, which renews the table in localstack/README.md)
  --port PORT  for LocalStack and MiniStack (4566)
  --help       this text
`;

const PROJECT = path.resolve(import.meta.dirname, '../..');
/** Tests in Python of what runs functions on LocalStack. */
const EXECUTOR_TESTS = 'localstack/localstack/python/run-tests.ts';
const ENGINES = ['embedded', 'localstack', 'ministack'];

/** @returns whether all tests passed */
async function testEngine(engine: string, port: string): Promise<boolean> {
  const results = { CONFORMANCE_RESULTS: path.join(RESULTS_FOLDER, `${engine}.json`) };
  const testAll = (env: Record<string, string>) =>
    run('vitest', ['run', '--project=integration', '--project=conformance', '--project=clients'], env);
  if (engine === 'embedded') return testAll(results);

  const control = (...args: string[]) =>
    run('node', [`localstack/${engine}/main.ts`, '-c', 'publicAccess=true', ...args]);
  const wasRunning = existsSync(path.join(PROJECT, '.engines', engine, 'state/engine.json'));
  if (!(await control('--port', port))) return false;
  const passed = await testAll({ ...results, ENGINE: engine });
  if (!wasRunning) await control('--down');
  const cameAndWent = await run('vitest', ['run', '--project=engines'], { ENGINE: engine });
  const executorPassed = engine !== 'localstack' || (await run('node', [EXECUTOR_TESTS]));
  return passed && cameAndWent && executorPassed;
}

/** @returns whether the program ended well */
async function run(program: string, args: string[], env: Record<string, string> = {}): Promise<boolean> {
  const { failed } = await execa(program, args, {
    cwd: PROJECT,
    preferLocal: true,
    stdio: 'inherit',
    env,
    reject: false,
  });
  return !failed;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string', default: '4566' }, help: { type: 'boolean', default: false } },
});
const unknown = positionals.find((name) => !ENGINES.includes(name));
if (values.help) {
  console.log(USAGE);
} else if (unknown !== undefined) {
  console.error(`There is no engine "${unknown}"; it takes ${ENGINES.join(', ')}.`);
  process.exitCode = 2;
} else {
  const engines = positionals.length === 0 ? ENGINES : positionals;
  for (const engine of engines) {
    console.log(`== ${engine}`);
    if (!(await testEngine(engine, values.port))) process.exitCode = 1;
  }
  if (positionals.length === 0) await run('node', ['tests/conformance/report/update-table.ts']);
}
