/** A cell tells of everything that was not as it should be. */
import { expect, test } from 'vitest';
import { checkCell, checkList } from './check-cell.ts';

const COUNTS = { acknowledged: 100, stored: 100, failures: {}, underWay: 10 };

test.each([
  ['all is stored', {}],
  ['what was under way at the end is stored too', { stored: 110 }],
  ['what failed is stored or not', { stored: 112, failures: { timeout: 2 } }],
])('no store is blamed if %s', (_, counts) => {
  expect(checkCell({ ...COUNTS, ...counts }).filter((problem) => problem.includes('stored'))).toEqual([]);
});

test.each([
  [{ stored: 99 }, '100 messages were acknowledged, 99 are stored'],
  [{ stored: 111 }, '111 messages are stored, 110 at most were sent'],
  [{ failures: { 'HTTP 503': 3 } }, '3 times HTTP 503'],
  [{ acknowledged: 0, stored: 0 }, 'no message was acknowledged'],
])('%j is a problem', (counts, problem) => {
  expect(checkCell({ ...COUNTS, ...counts })).toContain(problem);
});

test.each([
  [{ stored: 0 }, []],
  [{ stored: 1 }, ['1 messages are stored that nobody sent']],
  [{ stored: 0, acknowledged: 0 }, ['no list was answered']],
  [{ stored: 0, failures: { timeout: 2 } }, ['2 times timeout']],
])('a load that only asks for what is there, %j, has the problems %j', (counts, problems) => {
  expect(checkList({ ...COUNTS, ...counts })).toEqual(problems);
});
