/** Makes sure that this machine lets one process have as many connections as a benchmark needs. */
import { execFileSync } from 'node:child_process';
import { ToolError } from '../../tools/command-line/run-tool.ts';

/** What a process has open beside its connections, with room for those of other requests. */
const OTHERS = 1_000;

/** Node.js raises its own limit as far as it may, and hands that on. @throws ToolError that says what to do */
export function checkOpenFiles(connections: number): void {
  const [limit, needed] = [readLimit(), connections + OTHERS];
  if (limit < needed)
    throw new ToolError(
      `a process may open ${limit} files, ${needed} are needed; allow it by "ulimit -n ${needed}" in this shell, or open fewer sockets`,
    );
}

function readLimit(): number {
  const text = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
  return text === 'unlimited' ? Infinity : Number(text);
}
