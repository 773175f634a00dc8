/** Cells for tests. */
import type { Cell } from '../results.ts';

/** A cell in which all went well; what matters to a test is given. */
export function makeCell(values: Partial<Cell>): Cell {
  return {
    scenario: { connections: 20, chats: 1, keys: 'none' },
    system: 'managed',
    round: 1,
    rate: 1_000,
    p50Ms: 1.5,
    p99Ms: 12.34,
    cpuUsPerMessage: 300,
    generatorCpuUsPerMessage: 50,
    memoryBytes: 200_000_000,
    messages: 3_000,
    problems: [],
    ...values,
  };
}
