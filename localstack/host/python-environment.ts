/** A Python environment of its own for a program, with exactly the packages of a lock file. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { findPython } from './find-python.ts';

export interface PythonEnvironmentOptions {
  /** Where the environment is made; its parent may be missing. */
  readonly folder: string;
  /** Packages with versions and hashes, as `uv pip compile --generate-hashes` writes them. */
  readonly lockFile: string;
  /** Told before the packages are installed, which takes about half a minute. */
  readonly report: (step: string) => void;
}

/** Stands in an environment that is complete; holds a hash of what it was made from. */
const MARK = 'installed-from';

/**
 * Makes the environment, or makes it anew if the lock file, the place or the chosen Python has changed; otherwise does
 * nothing.
 * @returns the folder of its programs
 * @throws PrerequisiteError without a fitting Python; Error with pip's words if a package cannot be had
 */
export async function preparePythonEnvironment(options: PythonEnvironmentOptions): Promise<string> {
  const { folder, lockFile, report } = options;
  const programs = path.join(folder, 'bin');
  const mark = path.join(folder, MARK);
  const origin = hashOrigin(folder, lockFile);
  // The interpreter is a link, which an upgrade of Python may leave without its target.
  if (existsSync(mark) && readFileSync(mark, 'utf8') === origin && existsSync(path.join(programs, 'python')))
    return programs;

  const python = await findPython();
  report(`installing the Python packages of ${path.relative('', lockFile)} (${python})`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  await execa(python, ['-m', 'venv', folder]);
  // The lock file names all that is needed, and older versions of pip stumble over what it says of extras. Compiling all
  // modules would take as long again; Python compiles those that are used.
  const install = ['install', '--quiet', '--no-deps', '--no-compile', '--require-hashes', '--requirement', lockFile];
  await execa(path.join(programs, 'python'), ['-m', 'pip', '--disable-pip-version-check', ...install]);
  writeFileSync(mark, hashOrigin(folder, lockFile));
  return programs;
}

/** Programs in an environment name the folder that they were installed in. */
function hashOrigin(folder: string, lockFile: string): string {
  const place = existsSync(folder) ? realpathSync(folder) : folder;
  const { PYTHON: chosen = '' } = process.env;
  return createHash('sha256').update(`${place}\0${chosen}\0`).update(readFileSync(lockFile)).digest('hex');
}
