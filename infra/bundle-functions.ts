/** Bundles all functions in one pass, and only when something they are made of has changed. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { BUNDLE_OPTIONS } from './bundle-options.ts';

const PROJECT = path.resolve(import.meta.dirname, '..');
const BUNDLES = path.join(PROJECT, '.bundles');
/** Everything that can change a bundle. */
const INPUTS = ['functions/**/*.ts', 'shared/**/*.ts', 'package-lock.json', 'infra/bundle-*.ts'];
/** Bundles of older sources are kept this long, for a synthesis that still runs beside this one. */
const KEPT_MS = 60 * 60 * 1000;

/** @returns the folder of each function's bundle (`index.mjs`), by the name of its folder in functions/ */
export function bundleFunctions(): (functionName: string) => string {
  const folder = path.join(BUNDLES, hashInputs());
  if (!existsSync(folder)) buildInto(folder);
  return (functionName) => {
    const bundle = path.join(folder, functionName);
    if (!existsSync(bundle)) throw new Error(`there is no functions/${functionName}/handler.ts`);
    return bundle;
  };
}

function hashInputs(): string {
  const hash = createHash('sha256');
  for (const file of globSync(INPUTS, { cwd: PROJECT }).toSorted()) {
    if (file.endsWith('.test.ts')) continue;
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(PROJECT, file)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/** Builds beside the final place and moves it there at once, so that a bundle folder is always whole. */
function buildInto(folder: string): void {
  const unfinished = `${folder}.${process.pid}`;
  const handlers = globSync('functions/*/handler.ts', { cwd: PROJECT });
  buildSync({
    absWorkingDir: PROJECT,
    entryPoints: handlers.map((handler) => ({ in: handler, out: `${path.basename(path.dirname(handler))}/index` })),
    outdir: unfinished,
    outExtension: { '.js': '.mjs' },
    ...BUNDLE_OPTIONS,
  });
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    // Another synthesis was faster.
    if (!existsSync(folder)) throw error;
  }
  removeOldBundles();
}

function removeOldBundles(): void {
  for (const name of globSync('*', { cwd: BUNDLES })) {
    const bundle = path.join(BUNDLES, name);
    if (Date.now() - statSync(bundle).mtimeMs > KEPT_MS) rmSync(bundle, { recursive: true });
  }
}
