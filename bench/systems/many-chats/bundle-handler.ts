/** Bundles this app's handler as the messenger's own functions are bundled. */
import path from 'node:path';
import { buildSync } from 'esbuild';
import { BUNDLE_OPTIONS } from '../../../infra/bundle-options.ts';

/** @returns the folder, which holds index.mjs */
export function bundleHandler(folder: string): string {
  const entryPoints = [path.join(import.meta.dirname, 'handler.ts')];
  buildSync({ ...BUNDLE_OPTIONS, entryPoints, outfile: path.join(folder, 'index.mjs') });
  return folder;
}
