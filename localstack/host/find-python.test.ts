/** Finding a Python that the engines run on. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPython } from './find-python.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'pythons-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that answers every question as a Python of this version would. */
function putPython(name: string, script: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const find = (more: NodeJS.ProcessEnv = {}) => findPython({ PATH: folder, PYENV_ROOT: `${folder}/pyenv`, ...more });

test('the newest fitting one on the PATH is taken', async () => {
  putPython('python3.12', 'echo 3.12');
  putPython('python3.13', 'echo 3.13');
  expect(await find()).toBe('python3.13');
});

test('one of pyenv is taken when the PATH has only shims for versions that are off', async () => {
  putPython('python3.13', 'echo "pyenv: python3.13: command not found" >&2; exit 127');
  putPython('python3', 'echo 3.11');
  const file = putPython('pyenv/versions/3.12.1/bin/python', 'echo 3.12');
  expect(await find()).toBe(file);
});

test('the one that PYTHON names is taken, and no other', async () => {
  putPython('python3.13', 'echo 3.13');
  const file = putPython('mine', 'echo 3.12');
  expect(await find({ PYTHON: file })).toBe(file);
  const tooOld = putPython('old', 'echo 3.9');
  await expect(find({ PYTHON: tooOld })).rejects.toThrow(`${tooOld} is 3.9`);
});

test('without one the error says what was found and what to install', async () => {
  await expect(find()).rejects.toThrow('Python 3.12 or 3.13 with venv is needed; found none');
  putPython('python3', 'echo 3.11');
  putPython('python3.12', `echo "ModuleNotFoundError: No module named 'ensurepip'" >&2; exit 1`);
  await expect(find()).rejects.toThrow(/found python3.12 has no ensurepip, python3 is 3.11\.\nInstall one \(apt-get/);
});
