/**
 * The engines that the conformance cases run on: LocalStack with DynamoDB Local beside it, or MiniStack, if ENGINE names
 * one that runs here; otherwise an embedded engine, started for it.
 */
import type { TestProject } from 'vitest/node';
import type { EngineTarget } from './connect-engine.ts';
import { type ProbedEngine, probeEmbeddedEngine, probeRunningEngine, startDynamoDbLocal } from './probed-engines.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    engines: EngineTarget[];
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const engines = await startEngines(process.env['ENGINE']);
  project.provide(
    'engines',
    engines.map(({ target }) => target),
  );
  return async () => void (await Promise.all(engines.map(({ discard }) => discard())));
}

async function startEngines(name: string | undefined): Promise<ProbedEngine[]> {
  if (name === 'localstack') return Promise.all([probeRunningEngine(name), startDynamoDbLocal()]);
  if (name === 'ministack') return [await probeRunningEngine(name)];
  return [await probeEmbeddedEngine()];
}
