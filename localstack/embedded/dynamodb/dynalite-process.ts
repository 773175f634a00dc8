// The child process that serves DynamoDB: dynalite on a LevelDB folder. Forked by dynamodb.ts, which it never outlives.
import { setTimeout as sleep } from 'node:timers/promises';
import dynalite from 'dynalite';
import type { DynaliteStore } from 'dynalite/db/index.js';
import { refuseForeignRequest } from '../api-gateway/loopback-guard.ts';
import { correctDynalite } from './dynalite-corrections.ts';
import { endAfterFailedWrite } from './failed-write.ts';
import { Journal } from './journal.ts';
import { handleTimeToLiveRequest, TIME_TO_LIVE_TARGETS } from './time-to-live-requests.ts';
import { WriteBehind } from './write-behind.ts';

/** What this process tells the process that forked it, once. */
export type DynaliteReport = { port: number } | { failure: string };

const LOCK_WAIT_MS = 5_000;
const CLOSE_GRACE_MS = 1_000;
/** Longer than SDK clients keep an idle connection, so that none is closed while a request is on its way. */
const IDLE_TIMEOUT_MS = 310_000;

function report(message: DynaliteReport): void {
  process.send?.(message);
}

/** Opens the database, waiting while the child of an engine that has just been killed still closes it. */
async function openDatabase(store: DynaliteStore): Promise<void> {
  const deadline = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      return await store.db.open();
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      const isLocked = cause instanceof Error && 'code' in cause && cause.code === 'LEVEL_LOCKED';
      if (!isLocked || Date.now() > deadline) throw cause;
      await sleep(50);
    }
  }
}

async function main(levelFolder: string, journalFolder: string, port: number): Promise<void> {
  const getStore = correctDynalite();
  const server = dynalite({ path: levelFolder, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  server.keepAliveTimeout = IDLE_TIMEOUT_MS;
  const store = getStore();
  const storage = new WriteBehind(store.db, new Journal(journalFolder));
  const [answerByDynalite] = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (refuseForeignRequest(request, response)) return;
    if (TIME_TO_LIVE_TARGETS.has(request.headers['x-amz-target'])) {
      void handleTimeToLiveRequest(store, request, response);
      return;
    }
    answerByDynalite?.call(server, request, response);
    // dynalite throws on a request broken off by its client, which would end the process.
    request.removeAllListeners('error').on('error', () => response.destroy());
  });

  try {
    await openDatabase(store);
    await storage.recover();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    report({ failure: error instanceof Error ? error.message : String(error) });
    process.disconnect();
    return;
  }
  process.once('disconnect', () => {
    storage.stop();
    server.close(() => process.exit(0));
    setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS).unref();
  });
  const address = server.address();
  if (address !== null && typeof address === 'object') report({ port: address.port });
}

// A terminal or a supervisor signals the whole process group; the engine decides when its database closes.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

// dynalite throws what LevelDB and the journal answer.
process.on('uncaughtExceptionMonitor', endAfterFailedWrite);

const [levelFolder = '', journalFolder = '', port = '0'] = process.argv.slice(2);
await main(levelFolder, journalFolder, Number(port));
