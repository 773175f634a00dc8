/** Tables and pictures say what was measured, errors first of all. */
import { describe, expect, test } from 'vitest';
import { readBenchOptions } from '../options.ts';
import { escapeXml } from './svg.ts';
import { renderMarkdownTable } from './markdown-table.ts';
import { renderReport } from './render-report.ts';
import type { BenchResults, CompareResults, LiveResults } from './results.ts';
import { makeCell } from './testing/make-cell.ts';
import { makeIdleCell, makeLiveCell } from './testing/make-live-cell.ts';

const SURROUNDINGS = {
  startedAt: '2026-11-21T16:00:00.000Z',
  machine: { processor: 'Fast & <small>', cores: 2, memoryBytes: 8e9, system: 'Linux 6' },
  versions: { node: '24.0.0' },
  commit: '0123456789abcdef',
  isModified: true,
};

const COMPARED: CompareResults = {
  command: 'compare',
  surroundings: SURROUNDINGS,
  options: readBenchOptions(['--chats', '1', '--systems', 'managed,function-off'])!,
  cells: [
    makeCell({ rate: 12_345.6 }),
    makeCell({ rate: 6_172.8, system: 'function-off', problems: ['3 times HTTP 503'] }),
  ],
  storeWork: [
    {
      scenario: { connections: 20, chats: 1, keys: 'none' },
      system: 'managed',
      readsPerMessage: 0.125,
      writesPerMessage: 1,
    },
  ],
};

function cellsOf(markdown: string, system: string): string[] {
  const line = markdown.split('\n').find((row) => row.startsWith('|') && row.includes(system)) ?? '';
  return line.split('|').map((cell) => cell.trim());
}

test('a table is aligned, with numbers to the right', () => {
  expect(
    renderMarkdownTable(
      ['name', 'count'],
      [
        ['a', '1'],
        ['long name', '1,000'],
      ],
    ),
  ).toBe(
    ['| name      | count |', '| --------- | ----: |', '| a         |     1 |', '| long name | 1,000 |'].join('\n'),
  );
});

describe('a comparison', () => {
  const { markdown, svg } = renderReport(COMPARED);

  test('has a row for each system', () => {
    expect(cellsOf(markdown, 'messenger, managed')).toEqual([
      '',
      '20',
      'messenger, managed',
      '12,346',
      '0 %',
      '1.50',
      '12.3',
      '300',
      '50',
      '200',
      '',
    ]);
  });

  test('has the ratio to each row of the plain server', () => {
    expect(markdown).toMatch(/\| messenger, managed +\| +2\.00 \|/);
  });

  test('marks a system with errors and lists them', () => {
    expect(markdown).toContain('SQL function, async commit (with errors)');
    expect(markdown).toContain(
      '## Errors\n\n- SQL function, async commit, 20 connections, 1 chat, no keys, round 1: 3 times HTTP 503',
    );
  });

  test('names the machine and the commit', () => {
    expect(markdown).toContain('2 cores of Fast & <small>, 8 GB');
    expect(markdown).toContain('commit 0123456 with changes');
  });

  test('is drawn with bars as long as the rates', () => {
    const widths = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect(widths).toHaveLength(2);
    expect(widths[0]! / widths[1]!).toBeCloseTo(2);
    expect(svg).toContain('prefers-color-scheme: dark');
  });
});

test('a history is drawn and told with both tables', () => {
  const results: BenchResults = {
    ...COMPARED,
    command: 'history',
    cells: [
      { ...makeCell({ rate: 100 }), table: 'empty' },
      { ...makeCell({ rate: 90 }), table: 'full' },
    ],
  };
  const { markdown, svg } = renderReport(results);
  expect(markdown).toMatch(/\| empty +\| +100 \|/);
  expect(markdown).toMatch(/\| 1,000,000 messages \| +90 \|/);
  expect(svg).toContain('>1,000,000 messages</text>');
});

test.each(['members', 'chats'] as const)('%s are compared as messages are', (command) => {
  const { markdown, svg } = renderReport({ ...COMPARED, command });
  expect(cellsOf(markdown, 'messenger, managed').slice(3, 7)).toEqual(['12,346', '0 %', '1.50', '12.3']);
  expect(markdown).toContain(command === 'chats' ? '| lists/s |' : '| messages/s |');
  expect(svg).toContain(command === 'chats' ? '>1,500</text>' : '>12,346</text>');
});

test('logins are told beside what they did to those who send', () => {
  const { markdown, svg } = renderReport({
    ...COMPARED,
    command: 'logins',
    cells: [
      { ...makeCell({ rate: 1_000 }), during: 'quiet' },
      { ...makeCell({ rate: 400, p99Ms: 50 }), during: 'logins' },
      { ...makeCell({ rate: 600, p99Ms: 30 }), during: 'logins' },
      { ...makeCell({ rate: 900 }), during: 'ending' },
    ],
    waves: [
      {
        system: 'managed',
        round: 1,
        loggedIn: 999,
        tookMs: 150_000,
        halfMs: 74_960,
        askedBack: { 429: 1_000, 503: 234 },
        failures: { 'NoAnswerError: too late': 1 },
      },
    ],
  });
  expect(cellsOf(markdown, 'alone').slice(2, 4)).toEqual(['alone', '1,000']);
  expect(cellsOf(markdown, 'beside logins').slice(2, 8)).toEqual([
    'beside logins',
    '500',
    '40 %',
    '1.50',
    '40.0',
    '50.0',
  ]);
  expect(markdown).toMatch(/\| +1 \| +999 \| +75\.0 \| +150\.0 \| +1,234 \| +1 \|/);
  expect(markdown).toContain('- messenger, managed, round 1: 1 gave up: NoAnswerError: too late');
  expect(svg).toContain('>beside logins</text>');
});

test('a soak is drawn as lines over time', () => {
  const cells = [100, 50].map((rate, index) => ({
    ...makeCell({ rate, round: index + 1 }),
    afterSeconds: (index + 1) * 10,
    settledMemoryBytes: 150_000_000,
    mappedFileBytes: 20_000_000,
  }));
  const { markdown, svg } = renderReport({ ...COMPARED, command: 'soak', cells });
  expect(cellsOf(markdown, 'messenger, managed').slice(2, 4)).toEqual(['10', '100']);
  const [rate] = [...svg.matchAll(/<polyline [^>]*points="([^"]+)"/g)].map(([, points]) => points!.split(' '));
  expect(rate).toHaveLength(2);
});

describe('live messages', () => {
  const results: LiveResults = {
    command: 'live',
    surroundings: SURROUNDINGS,
    options: readBenchOptions(['live'])!,
    cells: [
      makeLiveCell({ round: 1 }, { p99Ms: 40, maxMs: 70 }),
      makeLiveCell({ round: 2, problems: ['3 times HTTP 503'] }, { p99Ms: 60, maxMs: 65 }, { lost: 1, doubled: 2 }),
      makeLiveCell({ chats: 'group', perSecond: 20 }, { p99Ms: 150 }),
    ],
    idle: [makeIdleCell({ sockets: 5_000 })],
  };
  const { markdown, svg } = renderReport(results);

  test('are told by what was sent, with all that was lost and the worst of all rounds', () => {
    const [, , , ...row] = cellsOf(markdown, '| HTTP ').slice(0, 12);
    expect(row).toEqual(['500', '499', '99.995 %', '1', '2', '8.50', '50.0', '70.0', '9.50']);
  });

  test('are held against their aims', () => {
    expect(markdown).toMatch(/delivery p99 below 50 ms +\| messenger, managed, by HTTP +\| +50\.0 ms/);
    expect(markdown).toMatch(/delivery p99 below 200 ms +\| messenger, managed, by HTTP +\| +150\.0 ms/);
    expect(markdown).toMatch(/5,000 idle sockets: less than 300 MB more +\| .* +\| +250 MB/);
    const other = { ...results, options: { ...results.options, members: 10, sockets: 7 }, cells: [] };
    expect(renderReport(other).markdown).not.toContain('## Aims');
  });

  test('are told beside the memory of sockets that do nothing', () => {
    expect(markdown).toMatch(/\| +1 \| +5,000 \| +20\.0 \| +200 \| +450 \| +250 \| +50\.0 \| +5 \| +300 \|/);
  });

  test('are told with what went wrong, and drawn', () => {
    expect(markdown).toContain('- messenger, managed, pairs, http, 500/s, round 2: 3 times HTTP 503');
    expect(svg).toContain('>messenger, managed, chats of two: 500 a second by HTTP</text>');
  });
});

test('a profile tells of each stage in each load', () => {
  const cells = [
    { ...makeCell({ rate: 4_000, cpuUsPerMessage: 250 }), stages: { HTTP: 200, zod: 50 } },
    { ...makeCell({ rate: 6_000, cpuUsPerMessage: 200 }), stages: { HTTP: 180, middy: 20 } },
  ];
  const { markdown, svg } = renderReport({ ...COMPARED, command: 'profile', cells });
  expect(cellsOf(markdown, 'HTTP').slice(1, 4)).toEqual(['HTTP', '200.0', '180.0']);
  expect(cellsOf(markdown, 'zod').slice(1, 4)).toEqual(['zod', '50.0', '0.0']);
  expect(cellsOf(markdown, 'together').slice(1, 4)).toEqual(['together', '250', '200']);
  expect(svg).toContain('>middy</text>');
});

test('what stands in a picture cannot break it', () => {
  expect(escapeXml('<a> & "b"')).toBe('&lt;a&gt; &amp; &quot;b&quot;');
});
