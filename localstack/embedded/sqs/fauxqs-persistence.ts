// Opens fauxqs's SQLite database for the engine: what must be set, put right and brought up to date in it.
import type { DatabaseSync } from 'node:sqlite';
import type { FauxqsModules, Persistence } from './fauxqs-modules.ts';

/** Opens the queue database in a folder; makes both if missing. */
export function openPersistence(
  fauxqs: FauxqsModules,
  dataFolder: string,
): { persistence: Persistence; db: DatabaseSync } {
  const persistence = new fauxqs.PersistenceManager(dataFolder);
  const db: DatabaseSync = Reflect.get(persistence, 'db');
  // In WAL mode every answered write outlasts the process, killed or not; FULL would wait for the disk at each one, on
  // the engine's only thread, to outlast a power cut too.
  db.exec('PRAGMA synchronous = NORMAL');
  correctVisibilityReset(persistence, db);
  return { persistence, db };
}

/** Gives stored queues the address of this run: the port of the last one is part of their URLs. */
export function moveQueueUrls(db: DatabaseSync, baseUrl: string): void {
  db.prepare("UPDATE sqs_queues SET url = ? || '/' || name").run(baseUrl);
}

/**
 * fauxqs clears the receive count with the receipt handle, which its own table refuses: ChangeMessageVisibility to 0
 * would fail and lose the message until the next start.
 */
function correctVisibilityReset(persistence: Persistence, db: DatabaseSync): void {
  const statement = db.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  persistence.updateMessageReady = (messageId) => {
    statement.run(messageId);
  };
}
