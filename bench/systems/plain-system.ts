/** Starts a plain server and PostgreSQL, and looks into its database. */
import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg, { type ClientConfig } from 'pg';
import type { Job } from '../job.ts';
import type { SystemName } from '../scenario.ts';
import { Child } from './child-process.ts';
import { populatePlain } from './sql/members/populate-plain.ts';
import type { PlainServerOptions, PlainServerReport } from './sql/plain-server-process.ts';
import type { SynchronousCommit } from './sql/postgres.ts';
import type { Way } from './sql/send-message.ts';
import type { System } from './system.ts';

/** A plain server that stores in one of the two ways, with one of the two durabilities. */
export type PlainSystemName = `${Way}-${SynchronousCommit}`;

/** Rows of its tables that a database has read and written since it was made. */
export interface DatabaseWork {
  readonly reads: number;
  readonly writes: number;
}

export interface PlainSystem extends System {
  readonly name: PlainSystemName;
  readWork(): Promise<DatabaseWork>;
}

const SCRIPT = fileURLToPath(import.meta.resolve('./sql/plain-server-process.ts'));

export function isPlain(name: SystemName): name is PlainSystemName {
  return name !== 'managed' && name !== 'lambda';
}

/**
 * With whatever is to be there before the job begins.
 * @param folder where it may make a folder of its own
 * @param started gets what ends it again
 */
export async function startPlainSystem(
  name: PlainSystemName,
  job: Job,
  folder: string,
  started: AsyncDisposableStack,
): Promise<PlainSystem> {
  const [way, synchronousCommit] = splitName(name);
  const user = findUser();
  const ownFolder = path.join(folder, name);
  mkdirSync(ownFolder);
  if (user !== undefined) chownSync(ownFolder, user.uid, user.gid);
  const serves = job.kind === 'open-send' ? 'anybody' : 'members';
  const options: PlainServerOptions = { serves, way, synchronousCommit, folder: ownFolder };
  const child = new Child(SCRIPT, { args: [JSON.stringify(options)], ...(user !== undefined && { user }) });
  started.defer(() => child.end());
  const { url, connection } = await child.receive<PlainServerReport>();
  if (job.kind !== 'open-send') await populatePlain(connection, job.population);
  return {
    name,
    url,
    job,
    processId: child.processId,
    countMessages: async () => Number((await query(connection, 'SELECT count(*) AS count FROM message'))['count']),
    tidy: async () => {
      await query(connection, 'VACUUM (ANALYZE)');
      await query(connection, 'CHECKPOINT');
    },
    readWork: () => readWork(connection),
  };
}

function splitName(name: PlainSystemName): [Way, SynchronousCommit] {
  return [name.startsWith('function') ? 'function' : 'transaction', name.endsWith('on') ? 'on' : 'off'];
}

/** PostgreSQL refuses to run as root; `nobody` is on every system that has a root. */
function findUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return { uid: readId('-u'), gid: readId('-g') };
}

function readId(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
}

/** Other connections tell what they have done when they end; the server opens new ones. */
async function readWork(connection: ClientConfig): Promise<DatabaseWork> {
  await query(
    connection,
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  const row = await query(
    connection,
    'SELECT sum(idx_tup_fetch) AS read, sum(n_tup_ins + n_tup_upd) AS written FROM pg_stat_user_tables',
  );
  return { reads: Number(row['read']), writes: Number(row['written']) };
}

/** The first row of an answer. */
async function query(connection: ClientConfig, text: string): Promise<Record<string, unknown>> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows[0] ?? {};
  } finally {
    await client.end();
  }
}
