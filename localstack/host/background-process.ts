/** A process that goes on after the command that started it; a later command finds and stops it by what identifies it. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import type { Launch } from './host-engine.ts';

export interface ProcessIdentity {
  readonly processId: number;
  /** When it was started, as the operating system says it: process ids are used again. */
  readonly startedAt: string;
}

const CHECK_INTERVAL_MS = 100;
/** How long a process may take to stop in good order. */
const STOP_LIMIT_MS = 15_000;

/** Starts it as the leader of a process group of its own. @param logFile gets all that it prints */
export async function startInBackground(launch: Launch, logFile: string): Promise<ProcessIdentity> {
  const log = openSync(logFile, 'a');
  const child = spawn(launch.file, launch.args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...launch.environment },
  });
  closeSync(log);
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  child.unref();
  const processId = child.pid!;
  return { processId, startedAt: await readStartTime(processId) };
}

export async function isRunning({ processId, startedAt }: ProcessIdentity): Promise<boolean> {
  return startedAt !== '' && (await readStartTime(processId)) === startedAt;
}

/** Asks the process to stop, and ends whatever is left of its group when it has stopped or does not. */
export async function stopProcess(identity: ProcessIdentity): Promise<void> {
  const { processId } = identity;
  if (!(await isRunning(identity))) return;
  sendSignal(processId, 'SIGTERM');
  await waitForEnd(identity, STOP_LIMIT_MS);
  sendSignal(-processId, 'SIGKILL');
  await waitForEnd(identity, STOP_LIMIT_MS);
}

async function waitForEnd(identity: ProcessIdentity, limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline && (await isRunning(identity))) await delay(CHECK_INTERVAL_MS);
}

/** @param target a process, or a process group as its negative number; one that has ended already gets nothing */
function sendSignal(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Empty if there is no such process, or one that has ended and waits for its parent. */
async function readStartTime(processId: number): Promise<string> {
  const [state, startedAt] = process.platform === 'linux' ? await readProc(processId) : await askPs(processId);
  return state === undefined || state.startsWith('Z') ? '' : (startedAt ?? '');
}

/** State, and start in ticks since the machine was started, which no change of clock or time zone moves. */
async function readProc(processId: number): Promise<(string | undefined)[]> {
  try {
    const stat = await readFile(`/proc/${processId}/stat`, 'utf8');
    // The second field, the program's name in parentheses, may hold blanks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [fields[0], fields[19]];
  } catch {
    return [];
  }
}

async function askPs(processId: number): Promise<(string | undefined)[]> {
  const args = ['-o', 'stat=,lstart=', '-p', String(processId)];
  const { stdout } = await execa('ps', args, { reject: false, env: { TZ: 'UTC', LC_ALL: 'C' } });
  return /^(\S+)\s+(.*)$/.exec(stdout.trim())?.slice(1) ?? [];
}
