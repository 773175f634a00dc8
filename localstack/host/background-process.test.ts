/** Processes that go on after the command that started them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRunning, startInBackground, stopProcess } from './background-process.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'background-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const start = (script: string) =>
  startInBackground({ file: '/bin/sh', args: ['-c', script], environment: { NAME: 'value' } }, `${folder}/log`);
/** `Z` of a process that has ended and that nobody has asked about; nothing of one that is not there. */
const listStates = (processId: number): string =>
  spawnSync('ps', ['-o', 'state=', '-p', String(processId)], { encoding: 'utf8' }).stdout.trim();
const readLog = (): string => readFileSync(`${folder}/log`, 'utf8');

test('has the environment it is given and nothing else, and its output in a file', async () => {
  const identity = await start('echo "$NAME, $HOME"; exec sleep 60');
  await expect.poll(readLog).toBe('value, \n');
  expect(await isRunning(identity)).toBe(true);
  await stopProcess(identity);
  expect(await isRunning(identity)).toBe(false);
});

test('takes its children with it, also those that do not stop when asked', async () => {
  const identity = await start(`sh -c 'trap "" TERM; echo $$; while true; do sleep 1; done' & wait`);
  await expect.poll(readLog).toMatch(/\d\n/);
  const child = Number(readLog());
  await stopProcess(identity);
  await expect.poll(() => listStates(child)).toMatch(/^Z?$/);
});

test('another process that has got its id later is not taken for it', async () => {
  const other = { processId: process.pid, startedAt: 'Thu Jan  1 00:00:00 1970' };
  expect(await isRunning(other)).toBe(false);
  await stopProcess(other);
});

test('a program that is not there is an error', async () => {
  const launch = { file: '/no/such/program', args: [], environment: {} };
  await expect(startInBackground(launch, `${folder}/log`)).rejects.toThrow('ENOENT');
});
