/** Watches how much memory a worker uses, so that one that uses too much ends alone and not with the engine. */
import type { Worker } from 'node:worker_threads';
import type { EngineMessage } from './worker-messages.ts';

const CHECK_INTERVAL_MS = 50;

/** How far a worker that is too busy to collect its garbage may go beyond its limit. */
const BUSY_ALLOWANCE_MB = 512;

/**
 * The limit that V8 itself gets, far above that of the function: a worker that reaches it with one large allocation
 * aborts the whole process, as V8 leaves it only 16 MB to end in.
 */
export function hardLimitMb(memoryMb: number): number {
  return memoryMb + 4096;
}

export interface MemoryWatchOptions {
  worker: Worker;
  memoryMb: number;
  /** Whether any request runs; an idle worker is not watched. */
  isBusy: () => boolean;
  /** Called once when the worker uses more than `memoryMb` after a collection. */
  onExceeded: () => void;
}

/** Counts the heap of a worker and its buffers. What is over the limit may be garbage, so the worker first collects it. */
export class MemoryWatch {
  readonly #options: MemoryWatchOptions;
  #timer: NodeJS.Timeout | undefined;
  #collection: 'none' | 'asked' | 'done' = 'none';
  #peakMb = 0;

  constructor(options: MemoryWatchOptions) {
    this.#options = options;
  }

  /** The most memory seen so far, in megabytes. */
  get peakMb(): number {
    return this.#peakMb;
  }

  /** Goes on watching for as long as requests run. Costs nothing if it already does. */
  start(): void {
    this.#timer ??= setTimeout(() => void this.#check(), CHECK_INTERVAL_MS).unref();
  }

  /** The worker has collected its garbage, as it was asked to. */
  noteCollection(): void {
    this.#collection = 'done';
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #check(): Promise<void> {
    const { worker, memoryMb, isBusy, onExceeded } = this.#options;
    const usedMb = await readMemoryMb(worker);
    this.#timer = undefined;
    if (usedMb === undefined) return;
    this.#peakMb = Math.max(this.#peakMb, usedMb);
    if (usedMb <= memoryMb) this.#collection = 'none';
    else if (this.#collection === 'done' || usedMb > memoryMb + BUSY_ALLOWANCE_MB) return onExceeded();
    else if (this.#collection === 'none') this.#askForCollection();
    if (isBusy()) this.start();
  }

  #askForCollection(): void {
    this.#collection = 'asked';
    this.#options.worker.postMessage('collect-garbage' satisfies EngineMessage);
  }
}

/** Undefined once the worker has ended. */
async function readMemoryMb(worker: Worker): Promise<number | undefined> {
  try {
    const heap = await worker.getHeapStatistics();
    return Math.ceil((heap.used_heap_size + heap.external_memory) / 2 ** 20);
  } catch {
    return undefined;
  }
}
