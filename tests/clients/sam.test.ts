/** The SAM CLI against a deployment, beyond what README.md shows. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { expectedOn } from '../support/known-differences.ts';
import type { Differences } from '../support/known-differences.ts';
import { runAws, runProgram } from './run-program.ts';

const CHECK_HEALTH = path.resolve(import.meta.dirname, '../../events/check-health/ok.json');
const STACK = ['--stack-name', 'Messenger'];

const notFound = {
  observed: { exitCode: 1, stdout: '' },
  why: 'DescribeStackResources takes no PhysicalResourceId, so sam finds a function by stack and logical id or by ARN only.',
};
const NEEDS_STACK: Differences = { localstack: notFound, ministack: notFound };

// Both Lambda modes of the embedded engine have the same endpoint.
describe.each(inject('deployments').slice(0, 1))('$name', ({ awsEndpoint: endpoint, engine }) => {
  const invoke = (args: readonly string[], input?: string) =>
    runProgram('sam', ['remote', 'invoke', ...args], { endpoint, ...(input !== undefined && { input }) });

  test.concurrent('remote invoke takes the ARN of a function and an event from the standard input', async () => {
    const query = 'Functions[?contains(FunctionName, `CheckHealth`)].FunctionArn';
    const arn = await runAws(endpoint, ['lambda', 'list-functions', '--output', 'text', '--query', query]);
    const { exitCode, stdout } = await invoke([arn, '--event-file', '-'], readFileSync(CHECK_HEALTH, 'utf8'));

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ statusCode: 200, body: '{"status":"ok","store":"ok"}' });
  });

  test.concurrent('remote invoke takes the name of a function', async ({ task }) => {
    const query = 'Functions[?contains(FunctionName, `CheckHealth`)].FunctionName';
    const name = await runAws(endpoint, ['lambda', 'list-functions', '--output', 'text', '--query', query]);
    const { exitCode, stdout } = await invoke([name, '--event-file', CHECK_HEALTH]);

    const documented = { exitCode: 0, stdout: expect.stringContaining('"statusCode"') };
    expect({ exitCode, stdout }).toEqual(expectedOn(engine, documented, NEEDS_STACK, task));
  });

  test.concurrent('remote invoke prints the error of a function, its log beside it, and succeeds', async () => {
    const { exitCode, stdout, stderr } = await invoke([
      ...STACK,
      'ChatActivityFanOutFunction66C3B368',
      '--event',
      '{"Records": 5}',
    ]);

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ errorMessage: expect.stringContaining('is not iterable') });
    expect(stderr).toContain('TypeError');
  });

  test.concurrent('remote invoke of what is not there fails', async () => {
    const { exitCode, stdout, stderr } = await invoke([...STACK, 'Missing', '--event', '{}']);

    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain("Can't find resource information from stack name (Messenger) and resource id (Missing)");
  });
});
