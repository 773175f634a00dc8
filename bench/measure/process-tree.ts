/** What a process and all that descend from it use. */
import { type ProcessEntry, type ProcessMemory, readMemory, readProcesses } from './process-table.ts';

/** Processor time so far, in milliseconds. */
export function readTreeCpu(rootId: number): number {
  return selectTree(readProcesses(), rootId).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** Memory of all together. */
export function readTreeMemory(rootId: number): ProcessMemory {
  const each = selectTree(readProcesses(), rootId).map(({ id }) => readIfThere(id));
  return {
    total: each.reduce((sum, { total }) => sum + total, 0),
    mappedFiles: each.reduce((sum, { mappedFiles }) => sum + mappedFiles, 0),
  };
}

/** The root and its descendants; nothing if it is not there. */
export function selectTree(processes: readonly ProcessEntry[], rootId: number): ProcessEntry[] {
  const found = processes.filter(({ id }) => id === rootId);
  // It grows while it is walked through.
  for (const { id } of found) found.push(...processes.filter(({ parentId }) => parentId === id));
  return found;
}

function readIfThere(processId: number): ProcessMemory {
  try {
    return readMemory(processId);
  } catch {
    return { total: 0, mappedFiles: 0 };
  }
}
