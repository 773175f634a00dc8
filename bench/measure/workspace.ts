/** The folder in which everything keeps its data while a benchmark runs. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { readProcesses } from './process-table.ts';

const PARENT = path.resolve(import.meta.dirname, '../../.bench');

/** On the same disk as the engine's own data: the system's folder for temporary files is often in memory. */
export function makeWorkspace(started: AsyncDisposableStack): string {
  mkdirSync(PARENT, { recursive: true });
  removeOrphans();
  const folder = mkdtempSync(path.join(PARENT, `data-${process.pid}-`));
  started.defer(() => rmSync(folder, { recursive: true, force: true }));
  // PostgreSQL may run as another user.
  chmodSync(folder, 0o755);
  return folder;
}

/** Deletes what benchmarks have left that were killed. */
function removeOrphans(): void {
  const running = new Set(readProcesses().map(({ id }) => id));
  for (const name of readdirSync(PARENT)) {
    const [, owner] = /^data-(\d+)-/.exec(name) ?? [];
    if (owner !== undefined && !running.has(Number(owner)))
      rmSync(path.join(PARENT, name), { recursive: true, force: true });
  }
}
