/** Answers that hold as much as fits are answers that Lambda takes. */
import { expect, test } from 'vitest';
import { answerJson } from './answer-json.ts';
import { countFitting } from './fit-answer.ts';

/** More is a fault of the function: what the embedded engine takes, as Lambda does. */
const LAMBDA_LIMIT_BYTES = 6_291_556;

test.each([
  ['letters', 'x'],
  ['quotes', '"'],
  ['control characters', '\u0001'],
  ['characters outside the basic plane', '😀'],
])('as many texts of %s as fit, and no fewer than need be', (_, character) => {
  const items = Array.from({ length: 2_000 }, () => ({ text: character.repeat(4_096) }));
  const count = countFitting(items);
  const sizeOf = (length: number): number =>
    Buffer.byteLength(JSON.stringify(answerJson(200, { items: items.slice(0, length) })));
  expect(count).toBeLessThan(items.length);
  expect(sizeOf(count)).toBeLessThan(LAMBDA_LIMIT_BYTES);
  expect(sizeOf(count * 1.2)).toBeGreaterThan(LAMBDA_LIMIT_BYTES);
});

test('all of what fits, nothing of nothing, and one item in any case', () => {
  expect(countFitting([])).toBe(0);
  expect(countFitting([{}, {}])).toBe(2);
  expect(countFitting([{ text: 'x'.repeat(7_000_000) }, {}])).toBe(1);
});
