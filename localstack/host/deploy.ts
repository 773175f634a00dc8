/** Deploys a CDK app to an AWS emulator with the CDK's own CLI. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { execa, type Options } from 'execa';
import { listApiUrls, localizeApiUrls } from './rest-api-urls.ts';

export interface DeployOptions {
  /** URL of the emulator, without a slash at its end. */
  readonly endpoint: string;
  /** Folder of the CDK app: where cdk.json is. */
  readonly appFolder: string;
  /** CDK context: what `-c name=value` sets. */
  readonly context: Readonly<Record<string, string>>;
  /** Where the CDK CLI keeps what it otherwise keeps in ~/.cdk and cdk.out. */
  readonly workFolder: string;
  readonly report: (step: string) => void;
  readonly signal?: AbortSignal;
}

export interface Deployment {
  /** URLs of the REST APIs, without a slash at their ends. */
  readonly apiUrls: readonly string[];
  /** The stacks' outputs by stack, with the URLs of the REST APIs as they work on this machine. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const ANSWER_LIMIT_MS = 10_000;
/** The CDK's own. */
const BOOTSTRAP_STACK = 'CDKToolkit';
const REGION = 'us-east-1';
/** Emulators take any; real ones must never reach them. */
const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/**
 * Bootstraps the emulator if it is not, and deploys all stacks. When some are deployed already, changed code of functions
 * alone is put in place directly (hotswap), without CloudFormation.
 * @throws Error with the CLI's words if a stack cannot be deployed, or if nothing answers at the endpoint
 */
export async function deploy(options: DeployOptions): Promise<Deployment> {
  const { endpoint, report } = options;
  const stacks = await listStacks(endpoint);
  if (!stacks.includes(BOOTSTRAP_STACK)) {
    report('bootstrapping');
    await runCdk(options, ['bootstrap']);
  }
  report('deploying');
  const folder = mkdtempSync(path.join(tmpdir(), 'cdk-outputs-'));
  try {
    const outputsFile = path.join(folder, 'outputs.json');
    const isRedeploy = stacks.some((name) => name !== BOOTSTRAP_STACK);
    const command = ['deploy', '--all', '--require-approval', 'never', ...(isRedeploy ? ['--hotswap-fallback'] : [])];
    await runCdk(options, [...command, '--outputs-file', outputsFile]);
    return readDeployment(readFileSync(outputsFile, 'utf8'), endpoint);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Takes all stacks of the app away. */
export async function destroy(options: DeployOptions): Promise<void> {
  await runCdk(options, ['destroy', '--all', '--force']);
}

function readDeployment(outputsJson: string, endpoint: string): Deployment {
  const texts = Object.values<Record<string, string>>(JSON.parse(outputsJson)).flatMap((outputs) =>
    Object.values(outputs),
  );
  return {
    apiUrls: listApiUrls(texts, endpoint),
    outputs: JSON.parse(localizeApiUrls(outputsJson, endpoint)),
  };
}

/** Names of the stacks that are deployed. @throws Error if nothing answers there */
async function listStacks(endpoint: string): Promise<string[]> {
  const client = new CloudFormationClient({
    endpoint,
    region: REGION,
    credentials: CREDENTIALS,
    requestHandler: {
      connectionTimeout: ANSWER_LIMIT_MS,
      requestTimeout: ANSWER_LIMIT_MS,
      throwOnRequestTimeout: true,
    },
    maxAttempts: 1,
  });
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand());
    const deployed = Stacks.filter(({ StackStatus }) => /^(CREATE|UPDATE)_COMPLETE$/.test(StackStatus ?? ''));
    return deployed.flatMap(({ StackName }) => StackName ?? []);
  } catch (error) {
    throw new Error(`No AWS emulator is at ${endpoint}: ${explain(error)}. npm run localstack starts one.`, {
      cause: error,
    });
  } finally {
    client.destroy();
  }
}

function explain(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') return 'nothing answers';
  if (name === 'TimeoutError') return `what listens there does not answer within ${ANSWER_LIMIT_MS / 1000} seconds`;
  return 'what answers is no CloudFormation';
}

/** What it prints is shown only if it fails: it names URLs that work in AWS alone. @throws ExecaError with its words */
async function runCdk(options: DeployOptions, args: readonly string[]): Promise<void> {
  const { endpoint, appFolder, context, workFolder, signal } = options;
  const assembly = path.join(workFolder, 'cdk.out');
  const settings = Object.entries(context).flatMap(([name, value]) => ['--context', `${name}=${value}`]);
  await execa('cdk', [...args, ...settings, '--output', assembly, '--no-notices', '--no-color'], {
    preferLocal: true,
    localDir: import.meta.dirname,
    cwd: appFolder,
    stdin: 'ignore',
    extendEnv: false,
    env: createEnvironment(endpoint, workFolder),
    ...(signal !== undefined && { cancelSignal: signal }),
  } satisfies Options);
}

/** This process's environment with nothing in it that belongs to a real AWS account. */
function createEnvironment(endpoint: string, workFolder: string): Record<string, string | undefined> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(inherited),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    // Names of buckets in front of the emulator's name would not resolve.
    CDK_S3_FORCE_PATH_STYLE: '1',
    NO_PROXY: new URL(endpoint).hostname,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    CDK_HOME: workFolder,
    // The CDK's library has a cache of its own beside that of the CLI.
    HOME: workFolder,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
}
