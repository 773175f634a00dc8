/** AWS's own runtime client for Node.js, with which functions run. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';

const PACKAGE_FILE = path.join(import.meta.dirname, 'package.json');
const LOCK_FILE = path.join(import.meta.dirname, 'package-lock.json');

/** Stands in for the client's native module; loaded before the client. */
export const NATIVE_CLIENT = path.join(import.meta.dirname, 'native-client.mjs');

/** Brings the client into the folder unless it is there. Its native module is not built: that takes a C++ compiler. */
export async function prepareLambdaRuntime(folder: string, report: (step: string) => void): Promise<void> {
  // Copied last, so it stands in a folder that is complete.
  const mark = path.join(folder, 'installed-from.json');
  if (existsSync(mark) && readFileSync(mark).equals(readFileSync(LOCK_FILE))) return;

  report(`installing the npm packages of ${path.relative('', LOCK_FILE)}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of [PACKAGE_FILE, LOCK_FILE]) cpSync(file, path.join(folder, path.basename(file)));
  await execa('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
  cpSync(LOCK_FILE, mark);
}
