/** The command line says what is measured, and refuses what makes no sense. */
import { expect, test } from 'vitest';
import { BENCH_HELP, readBenchOptions } from './options.ts';

test('without options everything is compared', () => {
  expect(readBenchOptions([])).toMatchObject({
    command: 'compare',
    measuredMs: 3_000,
    rounds: 3,
    connections: [1, 20, 100],
    chats: [1, 100],
    keys: ['none', 'each'],
    systems: ['managed', 'lambda', 'function-off', 'function-on', 'transaction-off', 'transaction-on'],
    out: '.bench',
  });
});

test('history, soak and profile have defaults of their own', () => {
  expect(readBenchOptions(['history'])).toMatchObject({ messages: 1_000_000, systems: ['managed'], keys: ['none'] });
  expect(readBenchOptions(['soak'])).toMatchObject({ minutes: 10, connections: [100], measuredMs: 10_000 });
  expect(readBenchOptions(['profile'])).toMatchObject({ connections: [20, 100], measuredMs: 10_000 });
});

test('members, chats and logins have defaults of their own', () => {
  expect(readBenchOptions(['members'])).toMatchObject({ connections: [100], chats: [1, 100], keys: ['each'] });
  expect(readBenchOptions(['chats'])).toMatchObject({ connections: [1, 10], chats: [200], rounds: 3, warmUpMs: 4_000 });
  expect(readBenchOptions(['logins'])).toMatchObject({ connections: [20], systems: ['managed'], logins: 1_000 });
});

test('live has defaults of its own', () => {
  const options = { rates: [100, 250, 500], chats: [500], members: 256, sockets: 5_000, minutes: 1, keys: ['each'] };
  expect(readBenchOptions(['live'])).toMatchObject({ ...options, systems: ['managed'], rounds: 3, measuredMs: 20_000 });
});

test('quick measures less, except for what is asked for', () => {
  expect(readBenchOptions(['--quick', '--rounds', '2'])).toMatchObject({
    measuredMs: 1_000,
    rounds: 2,
    connections: [1, 100],
    keys: ['none'],
  });
});

test('a value that is named twice is taken once', () => {
  expect(readBenchOptions(['--connections', '5, 5,7'])?.connections).toEqual([5, 7]);
});

test('results are saved among the documents', () => {
  expect(readBenchOptions(['--save'])?.out).toBe('docs/performance');
});

test.each([
  [['faster'], 'got "faster"; it takes one of compare, members, chats, logins, history, soak, live, profile'],
  [['--systems', 'managed,oracle'], '--systems: got "managed,oracle"; it takes any of managed,lambda,'],
  [['--keys', 'some'], '--keys: got "some"; it takes any of none,each'],
  [['--connections', '0'], '--connections: got "0"'],
  [['live', '--members', '257'], '--members: got "257"'],
  [['--minutes', '0'], '--minutes: got "0"; it takes a number greater than 0'],
  [['--save', '--out', 'here'], '--save and --out exclude each other'],
  [['--fast'], '--fast'],
])('%j is refused', (args, message) => {
  expect(() => readBenchOptions(args)).toThrow(message);
});

test('help is only help, and names every system', () => {
  expect(readBenchOptions(['--help'])).toBeUndefined();
  expect(BENCH_HELP).toContain('transaction-on');
});
