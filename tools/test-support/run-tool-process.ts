/** Runs a tool as a user does, as a process of its own, for tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export interface ToolRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param onStart told of the process, for example to send it a signal */
export async function runToolProcess(
  tool: 'load' | 'verify' | 'invoke',
  args: readonly string[],
  onStart?: (child: ChildProcess) => void,
): Promise<ToolRun> {
  const script = fileURLToPath(new URL(`../${tool}.ts`, import.meta.url));
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onStart?.(child);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exitCode: child.exitCode, stdout, stderr };
}
