/** Adds to the cases of a file in what ways an engine is known to be otherwise. */
import type { ConformanceCase } from './conformance-case.ts';
import type { EngineName } from '../support/known-differences.ts';

/** One way in which an engine is not as AWS, and what the cases see of it. */
export interface Cause {
  /** What is different, and why it stays so: one sentence for the table in localstack/README.md. */
  readonly why: string;
  /** By the names of the cases. */
  readonly observed: Readonly<Record<string, unknown>>;
}

export type Causes = Readonly<Partial<Record<EngineName, readonly Cause[]>>>;

/** @throws Error if two cases have one name, a cause names a case that there is not, or a case has two causes on one engine */
export function withDifferences(cases: readonly ConformanceCase[], causes: Causes): ConformanceCase[] {
  const byName = new Map(cases.map((each) => [each.name, { ...each, differences: { ...each.differences } }]));
  if (byName.size < cases.length) throw new Error('Two of the cases have the same name');
  for (const [engine, causesOfEngine] of listEngines(causes)) {
    for (const { why, observed } of causesOfEngine) {
      for (const [name, value] of Object.entries(observed)) {
        const known = byName.get(name);
        if (known === undefined) throw new Error(`There is no case "${name}", of which ${engine} is said to differ`);
        if (known.differences[engine] !== undefined) throw new Error(`"${name}" has two differences of ${engine}`);
        known.differences[engine] = { observed: value, why };
      }
    }
  }
  return [...byName.values()];
}

function listEngines(causes: Causes): [EngineName, readonly Cause[]][] {
  const engines: EngineName[] = ['embedded', 'localstack', 'ministack', 'dynamodb-local', 'aws'];
  return engines.map((engine) => [engine, causes[engine] ?? []]);
}
