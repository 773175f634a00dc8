/** The options that `npm start` gives Node.js for the embedded engine. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const MAIN = 'localstack/embedded/main.ts';
const PACKAGE = path.resolve(import.meta.dirname, '../../package.json');

/** For what is to run the engine as a user does. @throws Error if the script "start" of package.json runs something else */
export function readEngineNodeOptions(): string[] {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync(PACKAGE, 'utf8'));
  const [, options] = new RegExp(`/node ((?:--\\S+ )*)${MAIN}`).exec(scripts['start'] ?? '') ?? [];
  if (options === undefined)
    throw new Error(`the script "start" of package.json does not run ${MAIN}: ${scripts['start']}`);
  return options.trim().split(' ').filter(Boolean);
}
