/** A process that goes on after the command that started it; a later command finds and stops it by what identifies it. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import type { Launch } from './host-engine.ts';

export interface ProcessIdentity {
  readonly processId: number;
  /** When it was started, as `ps` says it: process ids are used again. */
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
  if (!(await isRunning(identity))) return;
  process.kill(identity.processId, 'SIGTERM');
  const deadline = Date.now() + STOP_LIMIT_MS;
  while (Date.now() < deadline && (await isRunning(identity))) await delay(CHECK_INTERVAL_MS);
  try {
    process.kill(-identity.processId, 'SIGKILL');
  } catch {
    // Nothing of the group is left.
  }
}

/** Empty if there is no such process, or one that has ended and waits for its parent. */
async function readStartTime(processId: number): Promise<string> {
  const { stdout } = await execa('ps', ['-o', 'stat=,lstart=', '-p', String(processId)], { reject: false });
  const [, state = 'Z', startedAt = ''] = /^(\S+)\s+(.*)$/.exec(stdout.trim()) ?? [];
  return state.startsWith('Z') ? '' : startedAt;
}
