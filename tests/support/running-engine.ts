/** The engine that `npm run localstack` or `npm run ministack` has started here. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { EngineRecord } from '../../localstack/host/engine-control.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');

/** @throws Error if it does not run with an app deployed on it */
export function readRunningEngine(name: string): EngineRecord {
  const file = path.join(PROJECT, '.engines', name, 'state/engine.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`ENGINE=${name}: there is no ${file}; start it with npm run ${name}`, { cause: error });
  }
}
