/** The table of engines and areas in localstack/README.md, made from the results of test runs. */
import type { ConformanceResult } from './conformance-result.ts';

/** In the order of the columns. */
const ENGINES: Record<string, string> = {
  embedded: 'embedded',
  localstack: 'LocalStack',
  ministack: 'MiniStack',
  'dynamodb-local': 'DynamoDB Local',
};

/**
 * A table with a row for each area and a column for each engine, and below it what differs on each engine and why.
 * A cell says how many tests show that the engine does what AWS documents, and how many show a known difference.
 */
export function renderTable(results: readonly ConformanceResult[]): string {
  const engines = Object.keys(ENGINES).filter((engine) => results.some((result) => result.engine === engine));
  const areas = [...new Set(results.map(({ area }) => area))].toSorted();
  const rows = areas.map((area) => [area, ...engines.map((engine) => renderCell(select(results, engine, area)))]);
  const header = ['area', ...engines.map((engine) => ENGINES[engine]!)];
  const lines = [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return [...lines, '', ...engines.flatMap((engine) => renderDifferences(engine, results))].join('\n').trimEnd();
}

function select(results: readonly ConformanceResult[], engine: string, area: string): ConformanceResult[] {
  return results.filter((result) => result.engine === engine && result.area === area);
}

/** The embedded engine runs some tests in both Lambda modes: each name counts once. */
function renderCell(results: readonly ConformanceResult[]): string {
  const all = namesOf(results);
  const failed = namesOf(results.filter(({ passed }) => !passed));
  const different = namesOf(results.filter(({ difference }) => difference !== undefined)).difference(failed);
  if (all.size === 0) return '';
  const parts = [String(all.size - different.size - failed.size)];
  if (different.size > 0) parts.push(`${different.size} differ`);
  if (failed.size > 0) parts.push(`${failed.size} FAIL`);
  return parts.join(', ');
}

function namesOf(results: readonly ConformanceResult[]): Set<string> {
  return new Set(results.map(({ test }) => test));
}

function renderDifferences(engine: string, results: readonly ConformanceResult[]): string[] {
  const reasons = new Map<string, Set<string>>();
  for (const { area, difference } of results.filter((result) => result.engine === engine)) {
    if (difference === undefined) continue;
    reasons.set(difference, (reasons.get(difference) ?? new Set()).add(area));
  }
  if (reasons.size === 0) return [];
  const items = [...reasons].map(([why, areas]) => `- ${[...areas].toSorted().join(', ')}: ${why}`).toSorted();
  return [`${ENGINES[engine]} differs from AWS in this:`, '', ...items, ''];
}
