/** The engine that `npm run localstack` or `npm run ministack` has started here. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { EngineRecord } from '../../localstack/host/engine-control.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');

export type HostEngineName = 'localstack' | 'ministack';

/** The engine that the variable ENGINE names; undefined for the embedded one. @throws Error for any other name */
export function readEngineName(): HostEngineName | undefined {
  const { ENGINE: name = 'embedded' } = process.env;
  if (name === 'embedded') return undefined;
  if (name === 'localstack' || name === 'ministack') return name;
  throw new Error(`ENGINE: got "${name}"; it takes embedded, localstack or ministack`);
}

/** @throws Error if it does not run */
export function readRunningEngine(name: HostEngineName): EngineRecord {
  const file = path.join(PROJECT, '.engines', name, 'state/engine.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`ENGINE=${name}: there is no ${file}; start it with npm run ${name}`, { cause: error });
  }
}
