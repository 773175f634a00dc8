/** Measures one system once under one load of live messages. */
import type { LiveLoadOptions, LiveWindow } from '../load/live/live-load.ts';
import { runLiveLoad } from '../load/live/run-live-load.ts';
import type { MessengerSystem } from '../systems/messenger-system.ts';
import { checkCell } from './check-cell.ts';
import { readTreeCpu, readTreeMemory } from './process-tree.ts';

export interface LiveMeasurement extends Omit<LiveWindow, 'answers' | 'durationMs' | 'generatorCpuMs'> {
  /** Messages acknowledged per second. */
  readonly rate: number;
  /** Processor time of all processes of the system, in microseconds. */
  readonly cpuUsPerMessage: number;
  readonly generatorCpuUsPerMessage: number;
  /** Of all processes of the system, at the end. */
  readonly memoryBytes: number;
  /** What was not as it should be, except for what was lost or doubled; empty if all went well. */
  readonly problems: readonly string[];
}

/** Generates a load, and compares what the system then holds with what it has acknowledged. */
export async function measureLiveCell(
  system: MessengerSystem,
  load: LiveLoadOptions,
  signal: AbortSignal,
): Promise<LiveMeasurement> {
  const before = await system.countMessages();
  const cpuMs = { before: 0, after: 0 };
  let memoryBytes = 0;
  const { window, acknowledged, unanswered, failures } = await runLiveLoad(load, signal, {
    onMeasuring: () => {
      cpuMs.before = readTreeCpu(system.processId);
    },
    onMeasured: () => {
      cpuMs.after = readTreeCpu(system.processId);
      memoryBytes = readTreeMemory(system.processId).total;
    },
  });
  const stored = (await system.countMessages()) - before;
  const { answers, durationMs, generatorCpuMs, ...rest } = window;
  const { strayed } = rest.delivery;
  const problems = checkCell({ acknowledged, stored, failures, underWay: unanswered });
  if (unanswered > 0) problems.push(`${unanswered} messages had no answer`);
  if (strayed > 0) problems.push(`${strayed} messages came to somebody who is not in the chat`);
  // Without any, the cell tells of a problem.
  const divisor = Math.max(answers, 1);
  return {
    ...rest,
    rate: (answers / durationMs) * 1_000,
    cpuUsPerMessage: ((cpuMs.after - cpuMs.before) / divisor) * 1_000,
    generatorCpuUsPerMessage: (generatorCpuMs / divisor) * 1_000,
    memoryBytes,
    problems,
  };
}
