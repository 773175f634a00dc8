/** Engines made ready for the conformance cases: the probe app is deployed on them, and taken away in the end. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { deploy, destroy } from '../../localstack/host/deploy.ts';
import {
  createDynamoDbLocalCommand,
  prepareDynamoDbLocal,
} from '../../localstack/localstack/dynamodb-local/dynamodb-local.ts';
import { EngineProcess } from '../support/engine-process.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { type HostEngineName, readRunningEngine } from '../support/running-engine.ts';
import type { EngineTarget } from './connect-engine.ts';

export interface ProbedEngine {
  readonly target: EngineTarget;
  readonly discard: () => Promise<void>;
}

const PROBE_APP = path.join(import.meta.dirname, 'probe-app');
const PROBE_STACK = 'Probe';
/** Where `npm run localstack` has it, too. */
const DYNAMODB_LOCAL = path.resolve(import.meta.dirname, '../../.engines/localstack/dynamodb-local');

/** CDK context that leaves out of the probe app what an engine cannot deploy. */
const LEFT_OUT: Partial<Record<HostEngineName, Record<string, string>>> = {
  // Its open release has no API Gateway v2.
  localstack: { webSocketApis: 'off' },
  // Its CloudFormation has no AWS::ApiGatewayV2::RouteResponse; it answers clients without.
  ministack: { routeResponses: 'off' },
};

const START_LIMIT_MS = 30_000;

/** With one request at a time in an environment, as on AWS by default: a crash concerns no other case. */
export async function probeEmbeddedEngine(): Promise<ProbedEngine> {
  const engine = await EngineProcess.start({ appFolder: PROBE_APP, environment: { LAMBDA_MODE: 'lambda' } });
  const { awsEndpoint, outputs } = engine.describe();
  return {
    target: { name: 'embedded', endpoint: awsEndpoint, outputs: outputs[PROBE_STACK]! },
    discard: () => engine.discard(),
  };
}

/** @throws Error if the engine does not run */
export async function probeRunningEngine(name: HostEngineName): Promise<ProbedEngine> {
  const { awsEndpoint: endpoint } = readRunningEngine(name);
  const workFolder = mkdtempSync(path.join(tmpdir(), 'probe-app-'));
  const context = LEFT_OUT[name] ?? {};
  const options = { endpoint, appFolder: PROBE_APP, context, workFolder, report: () => {} };
  const discard = async (): Promise<void> => {
    await destroy(options);
    rmSync(workFolder, { recursive: true });
  };
  try {
    const { outputs } = await deploy(options);
    return { target: { name, endpoint, outputs: outputs[PROBE_STACK]! }, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

/** DynamoDB alone, without the probe app. @throws PrerequisiteError without Java or Maven */
export async function startDynamoDbLocal(): Promise<ProbedEngine> {
  await prepareDynamoDbLocal(DYNAMODB_LOCAL, console.log);
  const port = await findFreePort();
  const workFolder = mkdtempSync(path.join(tmpdir(), 'dynamodb-local-'));
  const [file, ...args] = createDynamoDbLocalCommand(DYNAMODB_LOCAL, port, workFolder);
  const server = execa(file, args, { reject: false, all: true });
  const endpoint = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await answers(endpoint))) {
    if (Date.now() > deadline) server.kill('SIGKILL');
    if (server.exitCode !== null || server.signalCode !== null)
      throw new Error(`DynamoDB Local has ended: ${(await server).all}`);
    await delay(100);
  }
  return {
    target: { name: 'dynamodb-local', endpoint, outputs: {} },
    discard: async () => {
      server.kill();
      await server;
      rmSync(workFolder, { recursive: true });
    },
  };
}

async function answers(endpoint: string): Promise<boolean> {
  return fetch(endpoint).then(
    () => true,
    () => false,
  );
}
