/** The benchmark as a user runs it, with loads as short as they can be: all of it works, and nothing is left behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readProcesses } from '../../bench/measure/process-table.ts';
import { selectTree } from '../../bench/measure/process-tree.ts';
import { FRONT_STAGES, FUNCTION_STAGES, OTHER, STORE_STAGES } from '../../bench/profile/stages.ts';
import type {
  CompareResults,
  HistoryResults,
  LiveResults,
  LoginResults,
  ProfileResults,
  SoakResults,
} from '../../bench/report/results.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const LIMIT_MS = 240_000;

let out: string;
beforeEach(() => {
  out = mkdtempSync(path.join(tmpdir(), 'bench-results-'));
});
afterEach(() => rmSync(out, { recursive: true }));

function start(...args: string[]): ChildProcess {
  const options = ['--disable-warning=ExperimentalWarning', 'bench/main.ts', ...args, '--out', out];
  return spawn(process.execPath, options, { cwd: PROJECT, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function run(...args: string[]): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const bench = start(...args);
  const [stdout, stderr] = await Promise.all([text(bench.stdout!), text(bench.stderr!), once(bench, 'close')]);
  return { exitCode: bench.exitCode, stdout, stderr };
}

function findData({ pid }: ChildProcess): string[] {
  return globSync(`.bench/data-${pid}-*`, { cwd: PROJECT });
}

function read(name: string): string {
  return readFileSync(path.join(out, name), 'utf8');
}

describe('a comparison', { timeout: LIMIT_MS }, () => {
  test('measures every system in every scenario, and every message that was acknowledged is stored', async () => {
    const systems = 'managed,lambda,function-off,transaction-on';
    const cells = ['--seconds', '1', '--warm-up', '0', '--rounds', '1', '--connections', '2', '--keys', 'each'];
    const { exitCode, stdout, stderr } = await run(...cells, '--chats', '1,3', '--systems', systems);
    expect({ exitCode, problem: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, problem: '' });

    const results: CompareResults = JSON.parse(read('compare.json'));
    const wanted = [1, 3].flatMap((chats) => systems.split(',').map((system) => `${system} ${chats}`));
    expect(results.cells.map(({ system, scenario }) => `${system} ${scenario.chats}`)).toEqual(wanted);
    for (const cell of results.cells) {
      expect(cell.problems).toEqual([]);
      expect(cell.messages).toBeGreaterThan(0);
      expect(cell.p99Ms).toBeGreaterThanOrEqual(cell.p50Ms);
      expect(cell.cpuUsPerMessage).toBeGreaterThan(0);
      expect(cell.memoryBytes).toBeGreaterThan(10_000_000);
    }
    expect(results.storeWork.map(({ system, scenario }) => `${system} ${scenario.chats}`)).toEqual(wanted);
    for (const { writesPerMessage } of results.storeWork) expect(writesPerMessage).toBeGreaterThan(0);
    // A count and a message.
    const plain = results.storeWork.find(({ system }) => system === 'function-off');
    expect(plain?.writesPerMessage).toBeCloseTo(2, 0);

    expect(stdout).toBe(read('compare.md'));
    expect(stdout).toContain('## 3 chats, an idempotency key with each message');
    expect(read('compare.svg')).toMatch(/^<svg .*<\/svg>\n$/s);
  });

  test('that is interrupted ends everything it has started and deletes its data', async () => {
    const bench = start('--chats', '1', '--seconds', '1', '--systems', 'managed,function-off');
    let printed = '';
    bench.stderr!.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const closed = once(bench, 'close');
    while (!printed.includes('round 1') && bench.exitCode === null)
      await Promise.race([once(bench.stderr!, 'data'), closed]);
    expect(printed).toContain('round 1');
    const processes = selectTree(readProcesses(), bench.pid!).map(({ id }) => id);
    expect(processes.length).toBeGreaterThan(5);
    expect(findData(bench)).toHaveLength(1);

    bench.kill('SIGINT');
    await closed;
    expect(bench.exitCode).toBe(2);
    expect(printed).toContain('Stopped: got SIGINT');
    const running = new Set(readProcesses().map(({ id }) => id));
    expect(processes.filter((id) => running.has(id))).toEqual([]);
    expect(findData(bench)).toEqual([]);
  });
});

describe('members', { timeout: LIMIT_MS }, () => {
  const oneCell = ['--seconds', '1', '--warm-up', '0', '--rounds', '1', '--connections', '2'];

  test('who send do so in every system, and every message that was acknowledged is stored', async () => {
    const systems = ['managed', 'lambda', 'function-off', 'transaction-on'];
    const { exitCode, stdout, stderr } = await run(
      'members',
      ...oneCell,
      '--chats',
      '1,3',
      '--systems',
      systems.join(),
    );
    expect({ exitCode, problem: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, problem: '' });
    const { cells, storeWork }: CompareResults = JSON.parse(read('members.json'));
    const wanted = [1, 3].flatMap((chats) => systems.map((system) => `${system} ${chats}`));
    expect(cells.map(({ system, scenario }) => `${system} ${scenario.chats}`)).toEqual(wanted);
    expect(storeWork.map(({ system, scenario }) => `${system} ${scenario.chats}`)).toEqual(wanted);
    for (const { problems, messages, scenario } of cells) {
      expect({ problems, keys: scenario.keys }).toEqual({ problems: [], keys: 'each' });
      expect(messages).toBeGreaterThan(0);
    }
    const plain = storeWork.find(({ system }) => system === 'function-off');
    expect(plain?.writesPerMessage).toBeCloseTo(1, 0);
    expect(stdout).toContain('## One chat, an idempotency key with each message');
    expect(read('members.svg')).toMatch(/^<svg .*<\/svg>\n$/s);
  });

  test('who list their chats get the same list from every system', async () => {
    const { exitCode, stdout, stderr } = await run('chats', ...oneCell, '--chats', '7');
    expect({ exitCode, problem: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, problem: '' });
    const { cells }: CompareResults = JSON.parse(read('chats.json'));
    expect(cells.map(({ system, problems }) => [system, problems])).toEqual([
      ['managed', []],
      ['function-off', []],
    ]);
    for (const { messages, p50Ms, p99Ms } of cells) {
      expect(messages).toBeGreaterThan(0);
      expect(p99Ms).toBeGreaterThanOrEqual(p50Ms);
    }
    expect(stdout).toContain('## A list of 7 chats');
  });

  test('who log in at once are all let in, beside those who send', async () => {
    const { exitCode, stdout, stderr } = await run('logins', ...oneCell, '--chats', '2', '--logins', '6');
    expect({ exitCode, problem: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, problem: '' });
    const { cells, waves }: LoginResults = JSON.parse(read('logins.json'));
    expect(cells.map(({ during }) => during).slice(0, 2)).toEqual(['quiet', 'logins']);
    for (const { messages } of cells) expect(messages).toBeGreaterThan(0);
    expect(waves).toMatchObject([{ system: 'managed', round: 1, loggedIn: 6, failures: {} }]);
    expect(waves[0]?.tookMs).toBeGreaterThanOrEqual(waves[0]?.halfMs ?? NaN);
    expect(stdout).toContain('# 6 people log in at once');
    expect(stderr).toContain('6/6');
  });
});

test('a history is as long as asked for, and both engines are measured', { timeout: LIMIT_MS }, async () => {
  const cells = ['--seconds', '1', '--warm-up', '0', '--rounds', '1', '--connections', '2', '--messages', '300'];
  const { exitCode, stderr } = await run('history', ...cells);
  expect({ exitCode, problem: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, problem: '' });
  expect(stderr).toContain('300/300');
  const { cells: measured }: HistoryResults = JSON.parse(read('history.json'));
  expect(measured.map(({ table, problems }) => [table, problems])).toEqual([
    ['empty', []],
    ['full', []],
  ]);
});

test('a soak tells of rate and memory step by step', { timeout: LIMIT_MS }, async () => {
  const { exitCode, stderr } = await run('soak', '--seconds', '1', '--minutes', '0.04', '--connections', '2');
  expect({ exitCode, problem: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, problem: '' });
  const { cells }: SoakResults = JSON.parse(read('soak.json'));
  expect(cells.map(({ afterSeconds }) => afterSeconds)).toEqual([1, 2]);
  for (const { settledMemoryBytes, mappedFileBytes } of cells) {
    expect(settledMemoryBytes).toBeGreaterThan(10_000_000);
    expect(settledMemoryBytes).toBeGreaterThan(mappedFileBytes);
  }
});

test('live messages reach every socket once, sent by HTTP and by sockets', { timeout: LIMIT_MS }, async () => {
  const times = ['--seconds', '1', '--warm-up', '0', '--rounds', '1', '--minutes', '0.05'];
  const sizes = ['--rates', '5', '--chats', '3', '--members', '4', '--sockets', '6'];
  const { exitCode, stdout, stderr } = await run('live', ...times, ...sizes);
  expect({ exitCode, problem: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, problem: '' });
  const { cells, idle }: LiveResults = JSON.parse(read('live.json'));
  expect(cells.map(({ chats, way, messages }) => [chats, way, messages])).toEqual([
    ['pairs', 'http', 5],
    ['pairs', 'socket', 5],
    ['group', 'http', 60],
  ]);
  for (const { chats, messages, delivery, answer, problems } of cells) {
    const expected = messages * (chats === 'group' ? 3 : 1);
    expect(problems).toEqual([]);
    expect(delivery).toMatchObject({ expected, lost: 0, doubled: 0, strayed: 0 });
    expect(delivery.latency.count).toBe(expected);
    expect(answer.count).toBe(messages);
  }
  expect(idle).toMatchObject([{ sockets: 6, problems: [] }]);
  expect(idle[0]?.open.total).toBeGreaterThan(10_000_000);
  expect(stdout).toContain('## A group of 4');
});

test('a profile divides the time of a message among all stages', { timeout: LIMIT_MS }, async () => {
  const { exitCode, stderr } = await run('profile', '--seconds', '1', '--connections', '8', '--keys', 'each');
  expect({ exitCode, problem: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, problem: '' });
  const { cells }: ProfileResults = JSON.parse(read('profile.json'));
  const { stages, cpuUsPerMessage } = cells[0]!;
  // A few microseconds of each message: in a second of a busy machine no sample may fall there.
  const seldom = new Set(['access log', 'logs', 'middy', 'zod', 'DynamoDB call: SDK', 'garbage collection']);
  const expected = [...FRONT_STAGES, ...FUNCTION_STAGES, ...STORE_STAGES].map(([stage]) => stage);
  expect(Object.keys(stages)).toEqual(expect.arrayContaining(expected.filter((stage) => !seldom.has(stage))));
  expect(Object.values(stages).reduce((sum, time) => sum + time, 0)).toBeCloseTo(cpuUsPerMessage);
  expect(stages[OTHER] ?? 0).toBeLessThan(cpuUsPerMessage / 10);
});
