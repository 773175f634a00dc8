/** The process of one plain server: Fastify in it, PostgreSQL below it. Forked by plain-system.ts, which it never outlives. */
import type { FastifyInstance } from 'fastify';
import pg, { type ClientConfig, type Pool } from 'pg';
import { createMembersServer } from './members/members-server.ts';
import { MEMBERS_SCHEMA } from './members/schema.ts';
import { sendInFunction as sendAsMemberInFunction } from './members/send-in-function.ts';
import { sendInTransaction as sendAsMemberInTransaction } from './members/send-in-transaction.ts';
import { createPlainServer } from './plain-server.ts';
import { type SynchronousCommit, startPostgres } from './postgres.ts';
import { SCHEMA } from './schema.ts';
import { sendInFunction } from './send-in-function.ts';
import { sendInTransaction } from './send-in-transaction.ts';
import type { Way } from './send-message.ts';

export interface PlainServerOptions {
  readonly serves: keyof typeof SERVERS;
  readonly way: Way;
  readonly synchronousCommit: SynchronousCommit;
  /** An empty folder that this process may write to. */
  readonly folder: string;
}

/** What this process tells the one that forked it, once. */
export interface PlainServerReport {
  readonly url: string;
  readonly connection: ClientConfig;
}

/** Connections to the database. */
const POOL_SIZE = 2;

/** For whom it is: the tables, and the server in front of them. */
const SERVERS = {
  anybody: {
    schema: SCHEMA,
    create: (pool: Pool, way: Way): FastifyInstance =>
      createPlainServer(way === 'function' ? sendInFunction(pool) : sendInTransaction(pool)),
  },
  members: {
    schema: MEMBERS_SCHEMA,
    create: (pool: Pool, way: Way): FastifyInstance =>
      createMembersServer(pool, way === 'function' ? sendAsMemberInFunction(pool) : sendAsMemberInTransaction(pool)),
  },
};

async function start(
  { serves, way, synchronousCommit, folder }: PlainServerOptions,
  started: AsyncDisposableStack,
): Promise<PlainServerReport> {
  const { schema, create } = SERVERS[serves];
  const connection = await startPostgres(folder, synchronousCommit, schema, started);
  // Ids and counts stay far below 2^53.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({ ...connection, max: POOL_SIZE, idleTimeoutMillis: 0 });
  started.defer(() => pool.end());
  // The pool replaces a connection that the database has closed.
  pool.on('error', () => {});
  const app = create(pool, way);
  started.defer(() => app.close());
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), connection };
}

const started = new AsyncDisposableStack();
const options: PlainServerOptions = JSON.parse(process.argv[2]!);
const starting = start(options, started);
process.once('disconnect', () => {
  void starting
    .catch(() => {})
    .then(() => started.disposeAsync())
    .then(() => process.exit(0));
});
try {
  process.send?.(await starting);
} catch (error) {
  console.error(error);
  process.disconnect();
}
