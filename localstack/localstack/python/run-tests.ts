/** Runs the tests of the Python plugins, with what `npm run localstack` installs: node localstack/localstack/python/run-tests.ts */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { localStack } from '../localstack.ts';

/** Read by LocalStack's settings; nothing listens there. */
const PORT = 4566;

const folder = path.resolve('.engines', localStack.name);
await localStack.prepare(folder, console.log);
const stateFolder = mkdtempSync(path.join(tmpdir(), 'localstack-tests-'));
try {
  const { file, environment } = localStack.createLaunch({ folder, stateFolder, port: PORT });
  const options = { cwd: import.meta.dirname, extendEnv: false, env: environment, stdio: 'inherit' } as const;
  const { exitCode } = await execa(file, ['-m', 'tests'], { ...options, reject: false });
  process.exitCode = exitCode ?? 1;
} finally {
  rmSync(stateFolder, { recursive: true });
}
