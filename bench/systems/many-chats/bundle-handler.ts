/** Bundles this app's handler as infra/bundle-functions.ts bundles the messenger's own. */
import path from 'node:path';
import { buildSync } from 'esbuild';

/** @returns the folder, which holds index.mjs */
export function bundleHandler(folder: string): string {
  buildSync({
    entryPoints: [path.join(import.meta.dirname, 'handler.ts')],
    outfile: path.join(folder, 'index.mjs'),
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'warning',
  });
  return folder;
}
