/** Violations are counted in full and named in part. */
import { expect, test } from 'vitest';
import { Violations } from './violations.ts';

test('the first 20 are named, all are counted by kind', () => {
  const violations = new Violations();
  for (let id = 1; id <= 25; id++) violations.add([{ kind: 'gap in the store', message: `id ${id}` }], `line ${id}: `);
  violations.add([{ kind: 'wrong ordinal', message: 'late' }]);

  const lines = violations.describe().split('\n');
  expect(violations.count).toBe(26);
  expect(lines).toHaveLength(21);
  expect(lines[0]).toBe('VIOLATION gap in the store: line 1: id 1');
  expect(lines[19]).toContain('id 20');
  expect(lines[20]).toBe('26 violations, of which 20 are shown: gap in the store 25, wrong ordinal 1');
});
