/** What the processes of this machine have used so far: from /proc on Linux, from ps elsewhere. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessEntry {
  readonly id: number;
  readonly parentId: number;
  /** Processor time, with that of children that have ended. */
  readonly cpuMs: number;
}

/** Linux counts in hundredths of a second, whatever its own clock does (USER_HZ). */
const MS_PER_TICK = 10;

export function readProcesses(): ProcessEntry[] {
  return process.platform === 'linux' ? readProc() : parsePs(runPs(['-A', '-o', 'pid=,ppid=,time=']));
}

/** In bytes. What processes share counts in part for each; elsewhere than on Linux, in full. */
export interface ProcessMemory {
  readonly total: number;
  /** Pages of files that are mapped, which the system can drop at any time; elsewhere than on Linux unknown, and 0. */
  readonly mappedFiles: number;
}

export function readMemory(processId: number): ProcessMemory {
  if (process.platform === 'linux') return parseRollup(readFileSync(`/proc/${processId}/smaps_rollup`, 'utf8'));
  return { total: Number(runPs(['-o', 'rss=', '-p', String(processId)])) * 1024, mappedFiles: 0 };
}

function readProc(): ProcessEntry[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return [parseStat(readFileSync(`/proc/${name}/stat`, 'utf8'))];
    } catch {
      // It has ended since the folder was read.
      return [];
    }
  });
}

/** Reads /proc/<id>/stat; the name in it may hold any character (proc_pid_stat(5)). */
export function parseStat(text: string): ProcessEntry {
  const [, id, rest = ''] = /^(\d+) \(.*\) (.*)$/s.exec(text) ?? [];
  // Counted from the third field, the state.
  const fields = rest.trim().split(' ').map(Number);
  const [parentId, user, system, childUser, childSystem] = [fields[1], fields[11], fields[12], fields[13], fields[14]];
  if (id === undefined || parentId === undefined || childSystem === undefined)
    throw new Error(`got "${text}", which is not a line of /proc/<id>/stat`);
  const ticks = (user ?? 0) + (system ?? 0) + (childUser ?? 0) + childSystem;
  return { id: Number(id), parentId, cpuMs: ticks * MS_PER_TICK };
}

/** Reads the lines Pss and Pss_File of /proc/<id>/smaps_rollup. */
export function parseRollup(text: string): ProcessMemory {
  const read = (name: string): number => {
    const [, kilobytes] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text) ?? [];
    if (kilobytes === undefined) throw new Error(`there is no line "${name}: <number> kB" in smaps_rollup`);
    return Number(kilobytes) * 1024;
  };
  return { total: read('Pss'), mappedFiles: read('Pss_File') };
}

/** Reads lines of `pid ppid time`, where a time is `[[dd-]hh:]mm:ss[.ss]`. */
export function parsePs(text: string): ProcessEntry[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [id, parentId, time = ''] = line.trim().split(/\s+/);
      const [days, clock = ''] = time.includes('-') ? time.split('-') : ['0', time];
      const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
      return {
        id: Number(id),
        parentId: Number(parentId),
        cpuMs: Math.round((Number(days) * 86_400 + seconds) * 1_000),
      };
    });
}

function runPs(args: string[]): string {
  return execFileSync('ps', args, { encoding: 'utf8' });
}
