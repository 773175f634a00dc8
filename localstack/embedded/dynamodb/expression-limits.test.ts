// Tests of what counts as an operator of a DynamoDB expression.
import { describe, expect, test } from 'vitest';
import { countOperators } from './expression-limits.ts';

describe('countOperators', () => {
  test.each([
    ['SET a = :v1 + :v2 + :v3', 2],
    ['SET a = :v, b.c[0] = :w REMOVE d ADD e :f', 0],
    ['SET a = list_append(if_not_exists(a, :empty), :new), b = b - :one', 3],
    ['SET #and = :or, a.size = :size', 0],
  ])('of the update %s is %i', (expression, count) => {
    expect(countOperators(expression, true)).toBe(count);
  });

  test.each([
    ['a<b or (a<b or (a<b))', 5],
    ['attribute_not_exists(id) AND #n <> :n', 3],
    ['NOT contains (a, :b)', 2],
    ['a BETWEEN :low AND :high AND b = :b', 3],
    ['a IN (:x, :y, :z)', 1],
    ['#or = :and', 1],
  ])('of the condition %s is %i', (expression, count) => {
    expect(countOperators(expression, false)).toBe(count);
  });
});
