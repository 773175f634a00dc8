/** What a load has to say at its end. */
import type { Tally } from './tally.ts';

/** @param durationMs from the first request to the last answer */
export function summarizeLoad(tally: Tally, messages: number, durationMs: number, responses: string): string {
  const sent = tally.right + tally.failed;
  const lines = [
    ['sent', sent === messages ? `${sent}` : `${sent} of ${messages}`],
    ['right answers', `${tally.right}`],
    ['errors', `${tally.failed}`],
    ...tally.failures.map(({ kind, count, first }) => [`  ${kind}`, `${count}, the first: ${first}`]),
    ['duration', `${(durationMs / 1_000).toFixed(2)} s`],
    ['rate', `${durationMs === 0 ? 0 : Math.round((tally.right / durationMs) * 1_000)} messages/s`],
    ['latency', describeLatency(tally)],
    ['answers in', responses],
  ];
  const width = Math.max(...lines.map(([name = '']) => name.length)) + 2;
  return lines.map(([name = '', value = '']) => name.padEnd(width) + value).join('\n');
}

function describeLatency(tally: Tally): string {
  const shown = [
    ['p50', 50],
    ['p90', 90],
    ['p99', 99],
    ['max', 100],
  ] as const;
  return `${shown.map(([name, percent]) => `${name} ${tally.latencyMs(percent).toFixed(1)}`).join('  ')} ms`;
}
