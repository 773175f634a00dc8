/** Puts the table of the last results into localstack/README.md, or with --check says whether it stands there as it should. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { readResults, RESULTS_FOLDER } from './conformance-result.ts';
import { renderTable } from './render-table.ts';

const README = path.resolve(import.meta.dirname, '../../../localstack/README.md');
const BETWEEN_MARKS = /(?<=<!-- conformance -->\n).*(?=<!-- \/conformance -->)/s;

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const results = readResults();
if (results.length === 0) throw new Error(`there are no results in ${RESULTS_FOLDER}: run npm run conformance`);
const text = readFileSync(README, 'utf8');
if (!BETWEEN_MARKS.test(text)) throw new Error(`${README} has no <!-- conformance --> marks`);
const renewed = await format(
  text.replace(BETWEEN_MARKS, () => `\n${renderTable(results)}\n\n`),
  { ...(await resolveConfig(README)), filepath: README },
);
if (!values.check) {
  writeFileSync(README, renewed);
} else if (renewed !== text) {
  console.error('The table in localstack/README.md is not that of the last test runs: npm run conformance writes it.');
  process.exitCode = 1;
}
