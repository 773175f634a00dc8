/** What would be published. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';

const CLIENT = path.resolve(import.meta.dirname, '..');

let packed: { files: { path: string }[] };
beforeAll(() => {
  const report = execFileSync('npm', ['pack', '--dry-run', '--json', '--foreground-scripts=false'], {
    cwd: CLIENT,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  [packed] = JSON.parse(report);
});

test('the package holds the compiled sources, their types and nothing else', () => {
  const modules = readdirSync(path.join(CLIENT, 'src')).map((file) => file.replace(/\.ts$/, ''));
  const compiled = modules.flatMap((module) => [`dist/${module}.d.ts`, `dist/${module}.js`]);
  const files = packed.files.map((file) => file.path);
  expect(files.toSorted()).toEqual(['LICENSE', 'README.md', 'package.json', ...compiled].toSorted());
});

test('it can be imported as it is', () => {
  const script = "console.log(Object.keys(await import('./dist/index.js')).sort().join(' '))";
  const args = ['--no-strip-types', '--input-type=module', '--eval', script];
  expect(execFileSync(process.execPath, args, { cwd: CLIENT, encoding: 'utf8' })).toBe(
    'ConnectionClosedError CountersClient MessengerClient MessengerError NoAnswerError SessionOverError\n',
  );
});
