/** Runs cases on the engines that have WebSocket APIs: the open release of LocalStack has none. */
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';

export function runSocketCases(area: string, cases: readonly ConformanceCase[]): void {
  runCases(`WebSocket API: ${area}`, cases, ['embedded', 'ministack', 'aws']);
}
