/** The SAM CLI on the synthesized template. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { runProgram } from './run-program.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const { home } = inject('programs');
const { awsEndpoint: endpoint, socketUrl } = inject('deployments')[0]!;
const hasSockets = socketUrl !== undefined;
let folder: string;
let template: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(home, 'assembly-'));
  template = path.join(folder, 'Messenger.template.json');
  // As it is deployed there: with sockets, or without.
  const modules = hasSockets ? 'stream,chats,realtime' : 'stream,chats';
  const context = ['publicAccess=true', `modules=${modules}`].flatMap((setting) => ['--context', setting]);
  const synth = ['synth', '--quiet', '--no-notices', ...context, '--output', folder];
  const env = { CDK_HOME: home, CDK_DISABLE_CLI_TELEMETRY: 'true' };
  await execa('cdk', synth, { cwd: PROJECT, preferLocal: true, env });
});

afterAll(() => rmSync(folder, { recursive: true }));

test.concurrent('validate finds a valid template', async () => {
  const { exitCode, stdout } = await runProgram('sam', ['validate', '--template', template]);

  expect(stdout).toContain('is a valid SAM Template');
  expect(exitCode).toBe(0);
});

test.concurrent('validate --lint finds nothing, but for the check that .cfnlintrc.yaml names', async () => {
  const { exitCode, stdout } = await runProgram('sam', ['validate', '--lint', '--template', template], {
    folder: import.meta.dirname,
  });

  expect(stdout).toBe(`${template} is a valid SAM Template`);
  expect(exitCode).toBe(0);
});

test.concurrent('list resources tells the physical ids of functions, queues and tables', async () => {
  const list = ['list', 'resources', '--stack-name', 'Messenger', '--template', template, '--output', 'json'];
  const { exitCode, stdout } = await runProgram('sam', list, { endpoint });

  expect(exitCode).toBe(0);
  const resources: { LogicalResourceId: string; PhysicalResourceId: string }[] = JSON.parse(stdout);
  const physicalIds = new Map(resources.map((each) => [each.LogicalResourceId, each.PhysicalResourceId]));
  const named = Object.entries(readTemplate().Resources).filter(([, { Type }]) => /Function$|Queue$|Table$/.test(Type));
  expect(named).toHaveLength(hasSockets ? 16 : 11);
  // LocalStack shortens names.
  for (const [logicalId] of named) expect(physicalIds.get(logicalId)).toContain(`Messenger-${logicalId.slice(0, 20)}`);
});

test('README tells sam local invoke a function of the template', () => {
  const readme = readFileSync(path.join(PROJECT, 'README.md'), 'utf8');
  const lines = [...readme.matchAll(/^\$? ?sam local invoke -t cdk\.out\/Messenger\.template\.json (\w+) -e (\S+)/gm)];

  expect(lines).not.toHaveLength(0);
  for (const [, logicalId, event] of lines) {
    const resource = readTemplate().Resources[logicalId!];
    expect(resource).toMatchObject({
      Type: 'AWS::Lambda::Function',
      // Where sam finds the code.
      Metadata: { 'aws:asset:path': expect.stringMatching(/^asset\./), 'aws:asset:property': 'Code' },
    });
    expect(() => readFileSync(path.join(PROJECT, event!))).not.toThrow();
  }
});

function readTemplate(): { Resources: Record<string, { Type: string; Metadata?: Record<string, unknown> }> } {
  return JSON.parse(readFileSync(template, 'utf8'));
}
