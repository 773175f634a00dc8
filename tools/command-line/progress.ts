/** Shows how far long work is, on stderr: a bar on a terminal, otherwise a line every second. */
import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  /** @param note what else to say, for example a number of errors */
  update(done: number, note?: string): void;
  stop(): void;
}

/** @param total the `done` at which the work is complete */
export function startProgress(label: string, total: number): Progress {
  const format = `${label} {bar} {percentage}% {value}/{total} {note}`;
  const bar = new SingleBar({ format, noTTYOutput: true, notTTYSchedule: 1_000 }, Presets.shades_classic);
  bar.start(total, 0, { note: '' });
  return {
    update: (done, note = '') => bar.update(done, { note }),
    stop: () => bar.stop(),
  };
}
