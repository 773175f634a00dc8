/** The stack passes the rules of AWS Solutions and Serverless; each exception is acknowledged, with its reason, beside the construct. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MessengerStack } from '../../infra/messenger-stack.ts';
import type { Settings } from '../../infra/settings.ts';
import { SETTINGS } from './synthesize.ts';

interface Report {
  pluginReports?: { violations: { ruleName: string; violatingConstructs: { constructPath: string }[] }[] }[];
}

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(path.join(tmpdir(), 'nag-'));
});
afterEach(() => rmSync(outdir, { recursive: true }));

/** Synthesizes with both rule packs and returns what they found, as "rule at construct path". */
function findViolations(
  change: (stack: MessengerStack) => void = () => {},
  overrides: Partial<Settings> = {},
): string[] {
  const app = new App({ outdir });
  change(new MessengerStack(app, 'Messenger', { settings: { ...SETTINGS, publicAccess: true, ...overrides } }));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  try {
    app.synth();
    return [];
  } catch {
    const report: Report = JSON.parse(readFileSync(path.join(outdir, 'validation-report.json'), 'utf8'));
    return (report.pluginReports ?? []).flatMap(({ violations }) =>
      violations.map(
        ({ ruleName, violatingConstructs }) =>
          `${ruleName} at ${violatingConstructs.map((c) => c.constructPath).join(', ')}`,
      ),
    );
  }
}

const variants: Partial<Settings>[] = [
  { publicAccess: true },
  { publicAccess: false },
  { throttle: undefined },
  { cache: { kind: 'redis', url: undefined } },
  { cloudFront: true },
];
test.each(variants)('no rule is broken with %j', (overrides) => {
  expect(findViolations(undefined, overrides)).toEqual([]);
});

test('a queue without encryption and dead letters would be found', () => {
  const violations = findViolations((stack) => new CfnQueue(stack, 'Careless', { sqsManagedSseEnabled: false }));
  expect(violations.join('\n')).toContain('SQS3 at Messenger/Careless');
});
