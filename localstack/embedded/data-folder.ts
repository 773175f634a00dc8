/** The folder in which an engine keeps everything, and the lock that lets one engine at a time use it. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FolderInUseError, type FolderLock, lockFolder } from '../folder-lock.ts';

/** Kept in the folder while an engine runs, for other programs to read. */
export interface EngineDescription {
  readonly processId: number;
  readonly apiUrls: readonly string[];
  readonly awsEndpoint: string;
  /** The stack's outputs, as `cdk deploy --outputs-file` writes them. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const LOCK_FILE = 'engine.lock';
const DESCRIPTION_FILE = 'engine.json';

export class DataFolder {
  readonly #folder: string;
  readonly #lock: FolderLock;

  private constructor(folder: string, lock: FolderLock) {
    this.#folder = folder;
    this.#lock = lock;
  }

  /**
   * Takes the folder, made if missing, until close() or the end of the process, however it ends.
   * @param fresh whether to delete what is in it
   * @throws FolderInUseError if another engine has it
   */
  static open(folder: string, fresh: boolean): DataFolder {
    const lock = takeLock(folder);
    const opened = new DataFolder(folder, lock);
    if (fresh) opened.#empty();
    rmSync(opened.pathOf(DESCRIPTION_FILE), { force: true });
    return opened;
  }

  /** Absolute path of something in the folder. */
  pathOf(name: string): string {
    return path.resolve(this.#folder, name);
  }

  describe(engine: EngineDescription): void {
    writeFileSync(this.pathOf(DESCRIPTION_FILE), `${JSON.stringify(engine, undefined, 2)}\n`);
  }

  close(): void {
    rmSync(this.pathOf(DESCRIPTION_FILE), { force: true });
    this.#lock.release();
  }

  #empty(): void {
    for (const name of PARTS) {
      const part = this.pathOf(name);
      if (!existsSync(part)) continue;
      // The database's process of an engine that was just killed may still be closing: it keeps its files, not their place.
      const discarded = `${part}.discarded-${process.pid}`;
      renameSync(part, discarded);
      rmSync(discarded, { recursive: true, force: true });
    }
  }
}

function takeLock(folder: string): FolderLock {
  try {
    return lockFolder(folder, LOCK_FILE);
  } catch (error) {
    if (!(error instanceof FolderInUseError)) throw error;
    throw new FolderInUseError(
      `${folder} is in use by another engine${describeOwner(folder)}. Stop that one, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
}

/** What an engine makes in its folder. FRESH deletes these and nothing else, whatever folder it was given. */
const PARTS = ['assembly', 'assembly.compile-cache', 'dynamodb', 'sqs', 'logs'];

function describeOwner(folder: string): string {
  try {
    const { processId, apiUrls }: EngineDescription = JSON.parse(
      readFileSync(path.join(folder, DESCRIPTION_FILE), 'utf8'),
    );
    return ` (process ${processId}, ${apiUrls.join(', ')})`;
  } catch {
    return '';
  }
}
