/** The process that generates one load. Forked by run-load.ts, which tells it what to send and hears when to look. */
import { once } from 'node:events';
import { createHistogram } from 'node:perf_hooks';
import autocannon, { type Client } from 'autocannon';
import type { Job } from '../job.ts';
import type { Keys } from '../scenario.ts';
import { makeRequests } from './make-requests.ts';

export interface LoadOptions {
  /** Base URL. */
  readonly url: string;
  readonly job: Job;
  /** Clients, each of which waits for its answer before it asks again. */
  readonly connections: number;
  readonly keys: Keys;
  readonly warmUpMs: number;
  readonly measuredMs: number;
}

/** How a load ended. The window is the part of it that was measured, after the warm-up. */
export interface LoadResult {
  /** Answers 2xx, of the whole load. */
  readonly acknowledged: number;
  /** How many requests of the whole load ended otherwise, by what happened. */
  readonly failures: Readonly<Record<string, number>>;
  readonly window: {
    readonly answers: number;
    readonly durationMs: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
    readonly generatorCpuMs: number;
  };
}

/** A histogram counts whole numbers. */
const UNITS_PER_MS = 1_000;
/** How soon a load ends that is told to. */
const STOP_CHECK_MS = 100;
const TIMEOUT_SECONDS = 30;
const ENDLESS_SECONDS = 24 * 60 * 60;

async function generate(load: LoadOptions): Promise<LoadResult> {
  const { url, job, connections, keys, warmUpMs, measuredMs } = load;
  const latencies = createHistogram();
  const failures: Record<string, number> = {};
  const fail = (what: string): void => void (failures[what] = (failures[what] ?? 0) + 1);
  let acknowledged = 0;
  let isMeasuring = false;
  let opened = 0;
  const ended = Promise.withResolvers<void>();
  const options = {
    url,
    connections,
    duration: ENDLESS_SECONDS,
    timeout: TIMEOUT_SECONDS,
    sampleInt: STOP_CHECK_MS,
    idReplacement: keys === 'each',
    setupClient: (client: Client) => client.setRequests(makeRequests(job, keys, opened++)),
  };
  const clients = autocannon(options, () => ended.resolve());
  clients.on('response', (_client, statusCode, _bytes, latencyMs) => {
    if (statusCode < 200 || statusCode > 299) {
      fail(`HTTP ${statusCode}`);
      return;
    }
    acknowledged++;
    if (isMeasuring) latencies.record(Math.max(1, Math.round(latencyMs * UNITS_PER_MS)));
  });
  clients.on('reqError', (error: Error) => fail(error.message));

  await sleep(warmUpMs);
  process.send?.('measuring');
  const startedAtMs = performance.now();
  const usage = process.cpuUsage();
  isMeasuring = true;
  await sleep(measuredMs);
  isMeasuring = false;
  const durationMs = performance.now() - startedAtMs;
  const { user, system } = process.cpuUsage(usage);
  process.send?.('measured');
  clients.stop();
  await ended.promise;
  return {
    acknowledged,
    failures,
    window: {
      answers: latencies.count,
      durationMs,
      p50Ms: latencies.percentile(50) / UNITS_PER_MS,
      p99Ms: latencies.percentile(99) / UNITS_PER_MS,
      generatorCpuMs: (user + system) / 1_000,
    },
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}

process.once('disconnect', () => process.exit());
const [load]: LoadOptions[] = await once(process, 'message');
process.send?.(await generate(load!));
process.disconnect();
