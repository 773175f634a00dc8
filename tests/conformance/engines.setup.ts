/**
 * The engines that the conformance cases run on: the one that ENGINE names (localstack or ministack, started before; the
 * probe app is deployed there and taken away again), or else an embedded engine, started here. DYNAMODB_LOCAL_URL adds a
 * DynamoDB Local.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { deploy, destroy } from '../../localstack/host/deploy.ts';
import { EngineProcess } from '../support/engine-process.ts';
import { readRunningEngine } from '../support/running-engine.ts';
import type { EngineTarget } from './connect-engine.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    engines: EngineTarget[];
  }
}

interface ProbedEngine {
  readonly target: EngineTarget;
  discard(): Promise<void>;
}

const PROBE_APP = path.join(import.meta.dirname, 'probe-app');
const PROBE_STACK = 'Probe';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { ENGINE: engine, DYNAMODB_LOCAL_URL: dynamoDbLocal } = process.env;
  const { target, discard } =
    engine === 'localstack' || engine === 'ministack' ? await probeRunningEngine(engine) : await probeEmbeddedEngine();
  const targets = [target];
  if (dynamoDbLocal !== undefined) targets.push({ name: 'dynamodb-local', endpoint: dynamoDbLocal, outputs: {} });
  project.provide('engines', targets);
  return discard;
}

async function probeEmbeddedEngine(): Promise<ProbedEngine> {
  const engine = await EngineProcess.start({ appFolder: PROBE_APP, environment: { LAMBDA_MODE: 'lambda' } });
  const { awsEndpoint, outputs } = engine.describe();
  return {
    target: { name: 'embedded', endpoint: awsEndpoint, outputs: outputs[PROBE_STACK]! },
    discard: () => engine.discard(),
  };
}

async function probeRunningEngine(name: 'localstack' | 'ministack'): Promise<ProbedEngine> {
  const { awsEndpoint: endpoint } = readRunningEngine(name);
  const workFolder = mkdtempSync(path.join(tmpdir(), 'probe-app-'));
  const options = { endpoint, appFolder: PROBE_APP, context: [], workFolder, report: () => {} };
  const { outputs } = await deploy(options);
  return {
    target: { name, endpoint, outputs: outputs[PROBE_STACK]! },
    discard: async () => {
      await destroy(options);
      rmSync(workFolder, { recursive: true });
    },
  };
}
