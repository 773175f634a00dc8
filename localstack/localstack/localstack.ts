/** LocalStack's open release as a process of this machine, without Docker. */
import path from 'node:path';
import type { HostEngine, Launch, LaunchOptions } from '../host/host-engine.ts';
import { preparePythonEnvironment } from '../host/python-environment.ts';
import { createDynamoDbLocalCommand, prepareDynamoDbLocal } from './dynamodb-local/dynamodb-local.ts';
import { NATIVE_CLIENT, prepareLambdaRuntime } from './lambda-runtime/lambda-runtime.ts';

const LOCK_FILE = path.join(import.meta.dirname, 'requirements.txt');
/** Holds the plugins that take Docker's place. */
const PLUGINS = path.join(import.meta.dirname, 'python');

export const localStack: HostEngine = {
  name: 'localstack',
  title: 'LocalStack 2026.3',
  healthPath: '/_localstack/health',
  prepare,
  createLaunch,
};

async function prepare(folder: string, report: (step: string) => void): Promise<void> {
  const parts = listParts(folder);
  await prepareDynamoDbLocal(parts.dynamoDbLocal, report);
  await prepareLambdaRuntime(parts.lambdaRuntime, report);
  await preparePythonEnvironment({ folder: parts.python, lockFile: LOCK_FILE, report });
}

function createLaunch({ folder, stateFolder, port }: LaunchOptions): Launch {
  const parts = listParts(folder);
  return {
    file: path.join(parts.python, 'bin', 'python'),
    args: ['-m', 'localstack_on_host'],
    environment: {
      PATH: process.env['PATH'] ?? '',
      PYTHONPATH: PLUGINS,
      ...placeFiles(parts.cache, stateFolder),
      ...listenOnThisMachineOnly(port),
      ...stayOffline(),
      ...runFunctions(parts.lambdaRuntime),
      ...runDynamoDb(parts.dynamoDbLocal, stateFolder),
      // A resource type that is not supported makes the deployment fail; otherwise it would be "deployed as a fallback".
      CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES: '0',
      // Otherwise a warning for each request that leaves nothing in its log.
      LOG_LEVEL_OVERRIDES: 'localstack.services.lambda_.invocation.version_manager=ERROR',
    },
  };
}

function listParts(folder: string) {
  return {
    python: path.join(folder, 'python'),
    lambdaRuntime: path.join(folder, 'lambda-runtime'),
    dynamoDbLocal: path.join(folder, 'dynamodb-local'),
    cache: path.join(folder, 'cache'),
  };
}

/** Python's compiled modules and index of plugins stay for the next start; all else is state. */
function placeFiles(cache: string, stateFolder: string): Record<string, string> {
  return {
    HOME: stateFolder,
    // Not TMPDIR, which LocalStack gives a meaning of its own.
    TEMP: stateFolder,
    FILESYSTEM_ROOT: path.join(stateFolder, 'filesystem'),
    XDG_CACHE_HOME: cache,
    PYTHONPYCACHEPREFIX: path.join(cache, 'python'),
  };
}

/** LocalStack's default gateway binds every interface, and its default names need a resolver. */
function listenOnThisMachineOnly(port: number): Record<string, string> {
  return {
    GATEWAY_LISTEN: `127.0.0.1:${port}`,
    GATEWAY_SERVER: 'hypercorn',
    LOCALSTACK_HOST: `127.0.0.1:${port}`,
    SQS_ENDPOINT_STRATEGY: 'path',
    DNS_ADDRESS: '0',
    // As it finds out otherwise, and then binds every interface.
    OVERRIDE_IN_DOCKER: '0',
  };
}

function stayOffline(): Record<string, string> {
  return { DISABLE_EVENTS: '1', SKIP_SSL_CERT_DOWNLOAD: '1' };
}

function runFunctions(lambdaRuntime: string): Record<string, string> {
  return {
    LAMBDA_RUNTIME_EXECUTOR: 'node',
    LAMBDA_NODE: process.execPath,
    LAMBDA_RUNTIME_CLIENT_FOLDER: lambdaRuntime,
    LAMBDA_NATIVE_CLIENT: NATIVE_CLIENT,
  };
}

function runDynamoDb(dynamoDbLocal: string, stateFolder: string): Record<string, string> {
  return {
    // Hands requests to DynamoDB Local as they are.
    PROVIDER_OVERRIDE_DYNAMODB: 'v2',
    DYNAMODB_LOCAL_COMMAND: JSON.stringify(createDynamoDbLocalCommand(dynamoDbLocal, '{port}', stateFolder)),
  };
}
