/** Which processes a process has started. */
import { execFileSync } from 'node:child_process';

/** Process ids of the children that run; none if the process is gone. */
export function listChildProcesses(processId: number): number[] {
  try {
    const output = execFileSync('ps', ['-o', 'pid=', '--ppid', String(processId)], { encoding: 'utf8' });
    return output.trim().split(/\s+/).map(Number);
  } catch {
    return [];
  }
}
