/** Writes what a test run has shown of the engines to the file that CONFORMANCE_RESULTS names, for the table of them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { ConformanceResult } from './conformance-result.ts';

/** Projects whose tests run on several engines, and how the areas of each are called. */
const AREAS: Record<string, (suite: string, file: string) => Pick<ConformanceResult, 'area' | 'engine'>> = {
  // `describe('SQS: FIFO, localstack')`
  conformance: (suite) => {
    const [, area = suite, engine = ''] = /^(.*), (.*)$/.exec(suite) ?? [];
    return { area, engine };
  },
  // `describe('localstack')` or `describe('embedded, managed')` in open-stream.test.ts
  integration: (suite, file) => ({ area: `the app: ${titleOf(file)}`, engine: suite.replace(/,.*/, '') }),
  clients: (suite, file) => ({ area: `clients: ${titleOf(file)}`, engine: suite.replace(/,.*/, '') }),
};

export default class ResultReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const { CONFORMANCE_RESULTS: file } = process.env;
    if (file === undefined) return;
    const results = modules.flatMap((module) => [...module.children.allTests()].flatMap(describeTest));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(results, undefined, 1)}\n`);
  }
}

function describeTest(test: TestCase): ConformanceResult[] {
  const [suite, ...names] = test.fullName.split(' > ');
  const describeArea = AREAS[test.project.name];
  // A test outside of all suites is about one engine only.
  if (describeArea === undefined || suite === undefined || names.length === 0) return [];
  const { state } = test.result();
  if (state === 'skipped') return [];
  const { difference } = test.meta();
  return [
    {
      ...describeArea(suite, test.module.moduleId),
      test: names.join(' > '),
      passed: state === 'passed',
      ...(difference !== undefined && { difference }),
    },
  ];
}

/** `open-stream.test.ts` -> `open stream` */
function titleOf(file: string): string {
  return path.basename(file, '.test.ts').replaceAll('-', ' ');
}
