/** Disks that a test can fill and free again while an engine runs on them. */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listChildProcesses } from '../support/child-processes.ts';

export interface SmallDisk {
  /** For an engine's data. */
  readonly folder: string;
  /** From now on the engine's writes fail, the first of them perhaps in part. */
  fill(processId: number): void;
  free(processId: number): void;
  discard(): void;
}

export interface DiskKind {
  readonly name: string;
  make(): SmallDisk;
}

const DISK_BYTES = 64 * 1024 * 1024;
const FILLER_BYTES = 4096;
const SMALL_FILE_BYTES = 100_000;

/** Needs the right to mount, which a container mostly has not. */
const TMPFS: DiskKind = {
  name: 'a full file system (ENOSPC)',
  make: () => {
    const mountPoint = mkdtempSync(path.join(tmpdir(), 'small-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', mountPoint], { stdio: 'pipe' });
    const folder = path.join(mountPoint, 'data');
    mkdirSync(folder);
    const filler = path.join(mountPoint, 'filler');
    return {
      folder,
      fill: () => writeUntilFull(filler),
      free: () => rmSync(filler, { force: true }),
      discard: () => {
        execFileSync('umount', [mountPoint]);
        rmdirSync(mountPoint);
      },
    };
  },
};

/** A limit of file sizes, set for running processes: it needs no right, and write(2) fails as on a full disk. */
const SIZE_LIMIT: DiskKind = {
  name: 'a limit of file sizes (EFBIG)',
  make: () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'small-disk-'));
    return {
      folder,
      // Little for a file of the journal, and hardly more than the log of LevelDB has: their next writes fit, one in
      // part, the others not at all.
      fill: (processId) => {
        const logBytes = newestLogBytes(path.join(folder, 'dynamodb/leveldb'));
        limitFileSizes(processId, String(Math.min(logBytes + 3_000, SMALL_FILE_BYTES)));
      },
      free: (processId) => limitFileSizes(processId, 'unlimited'),
      discard: () => rmSync(folder, { recursive: true, force: true }),
    };
  },
};

/** The kinds that this machine allows. */
export function listDiskKinds(): DiskKind[] {
  try {
    TMPFS.make().discard();
    return [TMPFS, SIZE_LIMIT];
  } catch (error) {
    console.log(`This machine allows no mount (${String(error)}); the full disk is a limit of file sizes only.`);
    return [SIZE_LIMIT];
  }
}

function writeUntilFull(file: string): void {
  const descriptor = openSync(file, 'a');
  try {
    for (;;) writeSync(descriptor, Buffer.alloc(FILLER_BYTES));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(descriptor);
  }
}

function limitFileSizes(processId: number, bytes: string): void {
  for (const id of [processId, ...listChildProcesses(processId)])
    execFileSync('prlimit', ['--pid', String(id), `--fsize=${bytes}:`]);
}

function newestLogBytes(folder: string): number {
  const [newest = ''] = readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .toSorted()
    .toReversed();
  return statSync(path.join(folder, newest)).size;
}
