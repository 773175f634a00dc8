/** The app as the harness runs it: synthesized and bundled by its own CDK code from a copy of its source. */
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readCdkApp, synthesize } from '../../localstack/embedded/synthesize.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const COPIED = ['functions', 'shared', 'infra', 'cdk.json', 'package.json', 'package-lock.json'];
/** Clients in a hurry ask more often than the limits allow, and being told to come later tells nothing of the chats. */
const SETTINGS = { publicAccess: 'true', throttle: 'off', sessionThrottle: 'off' };
/** Has an environment sign its requests with the number of its thread, so that the proxies know which one to end. */
const SIGNATURE =
  "process.env.AWS_ACCESS_KEY_ID = `environment-${process.getBuiltinModule('node:worker_threads').threadId}`;\n";

/** One piece of source text that stands in the place of another. */
export interface SourceChange {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

export interface PreparedApp {
  /** The cloud assembly. */
  readonly assembly: string;
  discard(): void;
}

/**
 * @param changes to the copied source; the source itself stays as it is
 * @throws Error if a text to be changed does not stand in its file exactly once
 */
export async function prepareApp(changes: readonly SourceChange[] = []): Promise<PreparedApp> {
  const folder = mkdtempSync(path.join(tmpdir(), 'faults-app-'));
  const discard = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    for (const name of COPIED) cpSync(path.join(PROJECT, name), path.join(folder, name), { recursive: true });
    symlinkSync(path.join(PROJECT, 'node_modules'), path.join(folder, 'node_modules'));
    for (const change of changes) changeSource(folder, change);
    for (const handler of globSync('functions/*/handler.ts', { cwd: folder })) signRequests(path.join(folder, handler));
    const assembly = path.join(folder, 'assembly');
    await synthesize(await readCdkApp(folder, SETTINGS), assembly);
    return { assembly, discard };
  } catch (error) {
    discard();
    throw error;
  }
}

function changeSource(folder: string, { file, find, replace }: SourceChange): void {
  const source = readFileSync(path.join(folder, file), 'utf8');
  const count = source.split(find).length - 1;
  if (count !== 1)
    throw new Error(`${file} has ${count} times the text that is to be changed, expected once; adapt it:\n${find}`);
  writeFileSync(
    path.join(folder, file),
    source.replace(find, () => replace),
  );
}

function signRequests(handler: string): void {
  writeFileSync(handler, SIGNATURE + readFileSync(handler, 'utf8'));
}
