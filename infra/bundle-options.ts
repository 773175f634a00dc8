/** How handlers become bundles. */
import type { BuildOptions } from 'esbuild';

/** For one file that Lambda's Node.js loads. */
export const BUNDLE_OPTIONS = {
  bundle: true,
  minify: true,
  keepNames: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  // What CommonJS packages ask Node.js for; an ES module has no `require` of its own.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
} satisfies BuildOptions;
