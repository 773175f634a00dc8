/** What the system says about processes is read as it is meant. */
import { describe, expect, test } from 'vitest';
import { parsePs, parseRollup, parseStat, readMemory, readProcesses } from './process-table.ts';
import { selectTree } from './process-tree.ts';

describe('/proc/<id>/stat', () => {
  test('holds the parent and processor time in hundredths of a second, that of ended children too', () => {
    const line = '42 (node) S 7 42 42 0 -1 4194304 100 200 0 0 150 25 3 2 20 0 11 0 12345 1000 2000';
    expect(parseStat(line)).toEqual({ id: 42, parentId: 7, cpuMs: 1_800 });
  });

  test('is read whatever the name of the process is', () => {
    const line = '42 (a) S 1 (b c) S 7 42 42 0 -1 4194304 100 200 0 0 150 25 3 2 20 0 11 0 12345';
    expect(parseStat(line).parentId).toBe(7);
  });

  test('is refused if it is something else', () => {
    expect(() => parseStat('nothing')).toThrow('got "nothing"');
  });
});

test('smaps_rollup holds the memory in which shared pages count in part', () => {
  expect(
    parseRollup(
      '00400000-7fff ---p\nRss:            2000 kB\nPss:            1500 kB\nPss_Dirty: 1 kB\nPss_File: 500 kB\n',
    ),
  ).toEqual({ total: 1_536_000, mappedFiles: 512_000 });
  expect(() => parseRollup('Rss: 1 kB')).toThrow('Pss');
});

test.each([
  ['  12   1 00:02.50', 2_500],
  ['12 1 01:00:01', 3_601_000],
  ['12 1 1-00:00:01.25', 86_401_250],
])('ps line "%s"', (line, cpuMs) => {
  expect(parsePs(line)).toEqual([{ id: 12, parentId: 1, cpuMs }]);
});

test('this process is in the table, with its parent and memory', () => {
  const own = readProcesses().find(({ id }) => id === process.pid);
  expect(own?.parentId).toBe(process.ppid);
  expect(own?.cpuMs).toBeGreaterThan(0);
  expect(readMemory(process.pid).total).toBeGreaterThan(10_000_000);
});

test('a tree is a process and all that descend from it', () => {
  const processes = [
    { id: 1, parentId: 0, cpuMs: 1 },
    { id: 5, parentId: 3, cpuMs: 1 },
    { id: 3, parentId: 2, cpuMs: 1 },
    { id: 2, parentId: 1, cpuMs: 1 },
    { id: 4, parentId: 1, cpuMs: 1 },
  ];
  expect(selectTree(processes, 2).map(({ id }) => id)).toEqual([2, 3, 5]);
  expect(selectTree(processes, 9)).toEqual([]);
});
