/**
 * The engines that the conformance cases run on: LocalStack with DynamoDB Local beside it, or MiniStack, if ENGINE names
 * one that runs here; otherwise an embedded engine, started for it.
 */
import type { TestProject } from 'vitest/node';
import { readEngineName } from '../support/running-engine.ts';
import type { EngineTarget } from './connect-engine.ts';
import { type ProbedEngine, probeEmbeddedEngine, probeRunningEngine, startDynamoDbLocal } from './probed-engines.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    engines: EngineTarget[];
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const engines: ProbedEngine[] = [];
  const discard = async (): Promise<void> => void (await Promise.all(engines.map((engine) => engine.discard())));
  try {
    const name = readEngineName();
    engines.push(name === undefined ? await probeEmbeddedEngine() : await probeRunningEngine(name));
    if (name === 'localstack') engines.push(await startDynamoDbLocal());
  } catch (error) {
    await discard();
    throw error;
  }
  project.provide(
    'engines',
    engines.map(({ target }) => target),
  );
  return discard;
}
