/** Runs a generator of load, which is a process of its own. */
import { Child } from '../systems/child-process.ts';

export interface LoadObserver {
  /** The warm-up is over; what is measured begins. */
  onMeasuring?(): void;
  /** What is measured is over; the load still goes on for a moment. */
  onMeasured?(): void;
}

/**
 * @param options what the generator is told
 * @returns what it tells last
 * @throws Error if the signal aborts it, or the generator fails
 */
export async function runGenerator<Result extends object>(
  script: string,
  options: object,
  signal: AbortSignal,
  observer: LoadObserver,
): Promise<Result> {
  signal.throwIfAborted();
  const child = new Child(script);
  child.send(options);
  const abort = (): void => void child.end();
  signal.addEventListener('abort', abort);
  try {
    for (;;) {
      const report = await child.receive<'measuring' | 'measured' | Result>();
      if (report === 'measuring') observer.onMeasuring?.();
      else if (report === 'measured') observer.onMeasured?.();
      else return report;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
    await child.end();
  }
}
