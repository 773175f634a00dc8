/** A lock on a folder that only one process holds at a time. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

export interface FolderLock {
  release(): void;
}

/**
 * Takes the lock, until it is released or the process ends, however it ends: it is SQLite's, which is the operating
 * system's. Makes the folder if it is missing.
 * @param fileName of the lock's file in the folder
 * @throws FolderInUseError if another process has it
 */
export function lockFolder(folder: string, fileName: string): FolderLock {
  mkdirSync(folder, { recursive: true });
  const lock = new DatabaseSync(path.join(folder, fileName));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!(error instanceof Error && error.message.includes('locked'))) throw error;
    throw new FolderInUseError(`${folder} is in use by another process`, { cause: error });
  }
  return { release: () => lock.close() };
}
