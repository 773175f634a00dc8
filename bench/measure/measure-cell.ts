/** Measures one system once in one scenario. */
import { runLoad } from '../load/run-load.ts';
import type { Scenario } from '../scenario.ts';
import type { System } from '../systems/system.ts';
import { checkCell, checkList } from './check-cell.ts';
import { readTreeCpu, readTreeMemory } from './process-tree.ts';

export interface Measurement {
  /** Messages acknowledged per second, or lists answered; what is counted for a message is for a list then. */
  readonly rate: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time of all processes of the system, in microseconds. */
  readonly cpuUsPerMessage: number;
  readonly generatorCpuUsPerMessage: number;
  /** Of all processes of the system, at the end. */
  readonly memoryBytes: number;
  /** Messages that were measured. */
  readonly messages: number;
  /** What was not as it should be; empty if all went well. */
  readonly problems: readonly string[];
}

export interface MeasureOptions {
  readonly scenario: Scenario;
  readonly warmUpMs: number;
  readonly measuredMs: number;
  /** Requests of an earlier load that may still be under way; none by default. */
  readonly underWay?: number;
}

/** Generates a load, and compares what the system then holds with what it has acknowledged. */
export async function measureCell(system: System, options: MeasureOptions, signal: AbortSignal): Promise<Measurement> {
  const { url, job } = system;
  const { scenario, warmUpMs, measuredMs, underWay = 0 } = options;
  const before = await system.countMessages();
  const cpuMs = { before: 0, after: 0 };
  let memoryBytes = 0;
  const { window, acknowledged, failures } = await runLoad({ url, job, ...scenario, warmUpMs, measuredMs }, signal, {
    onMeasuring: () => {
      cpuMs.before = readTreeCpu(system.processId);
    },
    onMeasured: () => {
      cpuMs.after = readTreeCpu(system.processId);
      memoryBytes = readTreeMemory(system.processId).total;
    },
  });
  await system.tidy();
  const stored = (await system.countMessages()) - before;
  const { answers, durationMs, p50Ms, p99Ms, generatorCpuMs } = window;
  const counts = { acknowledged, stored, failures, underWay: scenario.connections + underWay };
  // Without any, the cell tells of a problem.
  const divisor = Math.max(answers, 1);
  return {
    rate: (answers / durationMs) * 1_000,
    p50Ms,
    p99Ms,
    cpuUsPerMessage: ((cpuMs.after - cpuMs.before) / divisor) * 1_000,
    generatorCpuUsPerMessage: (generatorCpuMs / divisor) * 1_000,
    memoryBytes,
    messages: answers,
    problems: job.kind === 'list-chats' ? checkList(counts) : checkCell(counts),
  };
}
