/** Watches the sources of a CDK app. */
import path from 'node:path';
import { watch } from 'chokidar';
import type { CdkApp } from './synthesize.ts';

/** Editors write a file in several steps. */
const SETTLE_MS = 50;

/**
 * Calls `onChange` after something that cdk.json's `watch.include` names has changed, one call at a time; a change
 * during a call leads to another one. An error is printed, and watching goes on.
 */
export function watchSources(app: CdkApp, onChange: () => Promise<void>): void {
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  const run = async (): Promise<void> => {
    if (isRunning) {
      schedule();
      return;
    }
    isRunning = true;
    try {
      await onChange();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      console.error(`${message}\nWhat ran before goes on running.`);
    }
    isRunning = false;
  };
  const schedule = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), SETTLE_MS);
  };
  watch(watchedFolders(app), { ignoreInitial: true }).on('all', schedule);
}

/** The folders at the top of the patterns: everything in them is watched, which at worst synthesizes once too often. */
function watchedFolders({ folder, watched }: CdkApp): string[] {
  const names = watched.map((pattern) => pattern.split('/', 1)[0] ?? pattern);
  return [...new Set(names)].map((name) => path.join(folder, name));
}
