/** Writes the results of a benchmark into a folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { renderReport } from './render-report.ts';
import type { BenchResults } from './results.ts';

/** Makes `<command>.md`, `<command>.json` and `<command>.svg`; tells on stderr where. */
export function saveResults(folder: string, results: BenchResults): void {
  mkdirSync(folder, { recursive: true });
  const { markdown, svg } = renderReport(results);
  const json = JSON.stringify(results, undefined, 2);
  for (const [extension, text] of Object.entries({ md: markdown, json, svg })) {
    const file = path.join(folder, `${results.command}.${extension}`);
    writeFileSync(file, `${text}\n`);
    console.error(`Saved ${file}`);
  }
}
