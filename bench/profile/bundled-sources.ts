/** Where the code of a function's bundle comes from. */
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { BUNDLE_OPTIONS } from '../../infra/bundle-options.ts';
import type { CallFrame } from './inspector.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');

/** Gives the source file of a function in a bundle, from the project's folder; undefined for what is in no bundle. */
export type FindSource = (frame: CallFrame) => string | undefined;

/** @param handlers files whose bundles the engine runs, from the project's folder */
export async function readBundledSources(handlers: readonly string[]): Promise<FindSource> {
  const maps = new Map<string, SourceMap>();
  for (const handler of handlers) {
    const { outputFiles } = await build({
      ...BUNDLE_OPTIONS,
      entryPoints: [path.join(PROJECT, handler)],
      outfile: path.join(PROJECT, 'bundle.mjs'),
      sourcemap: 'external',
      write: false,
    });
    const [map, code] = ['.map', '.mjs'].map((end) => outputFiles.find((file) => file.path.endsWith(end))!.text);
    maps.set(code!, new SourceMap(JSON.parse(map!)));
  }
  const mapOf = remember((url: string) => maps.get(readFileSync(fileURLToPath(url), 'utf8')));
  return ({ url, lineNumber, columnNumber }) => {
    if (!url.endsWith('/index.mjs') || !url.startsWith('file:')) return undefined;
    const entry = mapOf(url)?.findEntry(lineNumber, columnNumber);
    return entry !== undefined && 'originalSource' in entry ? entry.originalSource : undefined;
  };
}

function remember<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key)!;
  };
}
