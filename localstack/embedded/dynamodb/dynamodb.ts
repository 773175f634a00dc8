// Starts and stops the local DynamoDB, which runs in a child process of its own.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ACCOUNT_ID } from '../account.ts';
import type { DynaliteReport } from './dynalite-process.ts';
import { FAILED_WRITE_EXIT_CODE, hasSpace } from './failed-write.ts';
import { startExpirySweeps, sweepExpiredItems } from './sweep-expired-items.ts';

/** Folders in the data folder. */
const LEVEL = 'leveldb';
const JOURNAL = 'journal';
const STOP_TIMEOUT_MS = 10_000;
/** From one look for space on a full disk to the next. */
const SPACE_CHECK_INTERVAL_MS = 500;

export interface DynamoDbOptions {
  /** The folder that keeps the tables; made if missing. One engine at a time may use it. */
  dataFolder: string;
  /** Port on 127.0.0.1; any free one by default. */
  port?: number;
  /** The region in table ARNs. */
  region?: string;
  /** Milliseconds from the end of one sweep for expired items to the next; 60,000 by default. */
  sweepIntervalMs?: number;
  /** Told when the database process ends without {@link DynamoDb.stop}; `how` names its exit code or signal. */
  onUnexpectedExit?: (how: string) => void;
}

export interface DynamoDb {
  endpoint: string;
  /** Another one after the disk was full. */
  readonly processId: number;
  /** Deletes the items whose time to live is over, as the regular sweep does; answers how many. */
  sweepExpiredItems(): Promise<number>;
  /** Closes the database and ends its process. */
  stop(): Promise<void>;
}

interface Database {
  readonly child: ChildProcess;
  readonly port: number;
}

/**
 * Starts DynamoDB on a data folder. Rejects if the folder is in use by another engine or the port is taken. When the disk
 * is full, it cannot be reached until there is space again.
 */
export async function startDynamoDb(options: DynamoDbOptions): Promise<DynamoDb> {
  const {
    dataFolder,
    port: wantedPort = 0,
    region = 'us-east-1',
    onUnexpectedExit,
    sweepIntervalMs = 60_000,
  } = options;
  await mkdir(dataFolder, { recursive: true });
  const { child: first, port } = await openDatabase(dataFolder, wantedPort, region);
  let child = first;
  let reopening = Promise.resolve();
  const stopping = new AbortController();
  const endpoint = `http://127.0.0.1:${port}`;
  const stopSweeps = startExpirySweeps(endpoint, sweepIntervalMs);

  const watch = (): void => {
    child.once('exit', (code, signal) => {
      if (stopping.signal.aborted) return;
      if (code === FAILED_WRITE_EXIT_CODE) {
        reopening = reopen();
      } else {
        stopSweeps();
        onUnexpectedExit?.(describeExit(code, signal));
      }
    });
  };
  const reopen = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const opened =
        (await hasSpace(dataFolder, join(dataFolder, JOURNAL))) &&
        (await openDatabase(dataFolder, port, region).catch(warn));
      if (opened) {
        ({ child } = opened);
        watch();
        return;
      }
      await sleep(SPACE_CHECK_INTERVAL_MS);
    }
  };
  watch();
  return {
    endpoint,
    get processId() {
      return child.pid ?? 0;
    },
    sweepExpiredItems: () => sweepExpiredItems(endpoint),
    stop: async () => {
      stopSweeps();
      stopping.abort();
      await reopening;
      await endProcess(child);
    },
  };
}

/** Starts the process; rejects if it cannot open the database or the port. */
async function openDatabase(dataFolder: string, port: number, region: string): Promise<Database> {
  const child = fork(
    fileURLToPath(import.meta.resolve('./dynalite-process.ts')),
    [join(dataFolder, LEVEL), join(dataFolder, JOURNAL), `${port}`],
    {
      env: {
        AWS_REGION: region,
        AWS_ACCOUNT_ID: ACCOUNT_ID,
        // Without it the child loads the TypeScript compiler at every start: 17 MB and a tenth of a second.
        NODE_COMPILE_CACHE: join(dataFolder, 'compile-cache'),
      },
      // A smaller young generation, and an old one that is collected before it doubles: half the memory under load at
      // hardly less speed.
      execArgv: ['--max-semi-space-size=8', '--heap-growing-percent=50', '--single-threaded-gc'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const report = await receiveReport(child);
  if ('port' in report) return { child, port: report.port };
  // It may still be writing in the data folder.
  await endProcess(child);
  throw new Error(`The local DynamoDB could not start on ${dataFolder}: ${report.failure}`);
}

function warn(error: unknown): void {
  console.warn(String(error));
}

async function receiveReport(child: ChildProcess): Promise<DynaliteReport> {
  const { promise, resolve } = Promise.withResolvers<DynaliteReport>();
  const reportExit = (code: number | null, signal: string | null): void =>
    resolve({ failure: `its process ended with ${describeExit(code, signal)}` });
  child.once('message', (message: DynaliteReport) => resolve(message));
  child.once('error', (error) => resolve({ failure: error.message }));
  child.once('exit', reportExit);
  const report = await promise;
  child.off('exit', reportExit);
  return report;
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  if (child.connected) child.disconnect();
  const killTimer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exit;
  clearTimeout(killTimer);
}

function describeExit(code: number | null, signal: string | null): string {
  return signal === null ? `exit code ${code}` : `signal ${signal}`;
}
