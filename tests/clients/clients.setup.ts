/** Installs the `aws` and `sam` that requirements.txt locks into .engines/clients, and gives them a home for one test run. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { preparePythonEnvironment } from '../../localstack/host/python-environment.ts';

export interface Programs {
  /** Folder of `aws` and `sam`. */
  readonly folder: string;
  /** Where they keep what they keep in a user's home; deleted after the tests. */
  readonly home: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    programs: Programs;
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const folder = await preparePythonEnvironment({
    folder: path.resolve(import.meta.dirname, '../../.engines/clients'),
    lockFile: path.join(import.meta.dirname, 'requirements.txt'),
    report: console.log,
  });
  const home = mkdtempSync(path.join(tmpdir(), 'clients-'));
  silenceVersionCheck(home);
  project.provide('programs', { folder, home });
  return () => rmSync(home, { recursive: true });
}

/** sam has no setting for it: it asks for its newest version when the last time was more than a week ago. */
function silenceVersionCheck(home: string): void {
  mkdirSync(path.join(home, '.aws-sam'));
  const lastVersionCheck = Date.now() / 1000;
  writeFileSync(path.join(home, '.aws-sam/metadata.json'), JSON.stringify({ lastVersionCheck }));
}
