/** What is printed of runs. */
import type { Violation } from './check/violation.ts';
import { EFFECTS } from './network.ts';
import { type Call, describeCall } from './record.ts';
import type { RunResult } from './run-plan.ts';
import type { Shrunk } from './seeds.ts';

/** So many of each are shown: one cause mostly has many effects. */
const SHOWN_VIOLATIONS = 8;
const SHOWN_CALLS = 6;

export function describeViolations(violations: readonly Violation[]): string {
  const shown = violations
    .slice(0, SHOWN_VIOLATIONS)
    .map(({ message, calls }) => `  ${message}${describeCalls(calls)}`);
  return shown.join('\n') + more(violations.length - SHOWN_VIOLATIONS, '  ');
}

/** @param failures of so many times that the plan was played */
export function describeShrunk(seed: number, failures: number, tries: number, shrunk: Shrunk | undefined): string {
  const again = `  it failed ${failures} of ${tries} times`;
  if (shrunk === undefined) return `${again}\n  again: npm run faults -- --seed ${seed}`;
  const { plan, path, plans, result } = shrunk;
  return [
    again,
    `  the smallest of ${plans} plans that failed: ${JSON.stringify(plan)}`,
    describeViolations(result.violations),
    `  again: npm run faults -- --seed ${seed} --path ${path}`,
  ].join('\n');
}

/** What the runs went through, so that it shows if they meet too little. */
export class Totals {
  #runs = 0;
  #calls = 0;
  /** What happened in the chats, by its name. */
  readonly #events = new Map<string, number>();
  readonly #faults = new Map<string, number>();

  add({ calls, events, appliedFaults }: RunResult): void {
    this.#runs++;
    this.#calls += calls;
    for (const [event, count] of Object.entries(events)) add(this.#events, event, count);
    for (const { effect } of appliedFaults) add(this.#faults, effect, 1);
  }

  describe(durationMs: number): string {
    const seconds = durationMs / 1_000;
    const events = [...this.#events].map(([event, count]) => `, ${count} ${event}`).join('');
    const faults = EFFECTS.map((effect) => `${effect} ${this.#faults.get(effect) ?? 0}`).join(', ');
    return [
      `${this.#runs} runs in ${seconds.toFixed(0)} s, ${(seconds / this.#runs).toFixed(1)} s each`,
      `${this.#calls} calls${events}`,
      `faults: ${faults}`,
    ].join('\n');
  }
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

function describeCalls(calls: readonly Call[]): string {
  const lines = calls.slice(0, SHOWN_CALLS).map((call) => `\n    ${describeCall(call)}`);
  return lines.join('') + more(calls.length - SHOWN_CALLS, '    ');
}

function more(count: number, indent: string): string {
  return count > 0 ? `\n${indent}and ${count} more` : '';
}
