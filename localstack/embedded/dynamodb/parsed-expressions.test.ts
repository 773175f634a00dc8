import type { AttributeValue } from 'dynalite/db/index.js';
import type { ExpressionRequest } from 'dynalite/validations/index.js';
import validations from 'dynalite/validations/index.js';
import { describe, expect, test } from 'vitest';
import { keepParsedExpressions } from './parsed-expressions.ts';

const { validateExpressions, validateAttributeValue } = validations;

type WithPlaceholders = Pick<
  ExpressionRequest,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** A validation that keeps what it has parsed, and tells how often the parser was asked. */
function createKeeper() {
  let parses = 0;
  const validate = keepParsedExpressions((request) => {
    parses += 1;
    return validateExpressions(request);
  }, validateAttributeValue);
  return { validate, countParses: () => parses };
}

function withPlaceholders(attribute: string, value: string): Required<WithPlaceholders> {
  return {
    UpdateExpression: 'SET #a.#b = if_not_exists(#a.#b, :zero) + :n, #l = list_append(#l, :l) REMOVE #s[0]',
    ConditionExpression: 'attribute_exists(#a) AND (#a.#b < :n OR NOT contains(#s, :text))',
    ExpressionAttributeNames: { '#a': 'members', '#b': attribute, '#l': 'queue', '#s': 'tags' },
    ExpressionAttributeValues: {
      ':n': { N: '3' },
      ':zero': { N: '0' },
      ':l': { L: [{ S: value }] },
      ':text': { S: value },
    },
  };
}

describe('expressions that were parsed before', () => {
  test.for([
    withPlaceholders('@one', 'one'),
    withPlaceholders('@somebody', 'two'),
    { UpdateExpression: 'SET a = :v', ExpressionAttributeValues: { ':v': { M: { b: { S: ':v' } } } } },
    { ConditionExpression: 'attribute_not_exists(pk)' },
    {
      ConditionExpression: 'pk IN (:v, :w)',
      ExpressionAttributeValues: { ':v': { S: 'a' }, ':w': { S: 'b' } },
    },
  ])('are what the parser makes of them: %o', (request) => {
    const expected = structuredClone<ExpressionRequest>(request);
    expect(validateExpressions(expected)).toBeUndefined();
    const { validate, countParses } = createKeeper();

    for (let time = 0; time < 3; time++) {
      const again = structuredClone<ExpressionRequest>(request);
      expect(validate(again)).toBeUndefined();
      // Without prototypes, as dynalite's own.
      expect(JSON.parse(JSON.stringify(again))).toEqual(JSON.parse(JSON.stringify(expected)));
    }
    const expressions = [request.UpdateExpression, request.ConditionExpression].filter((text) => text !== undefined);
    expect(countParses()).toBe(expressions.length);
  });

  test('take new names and values', () => {
    const { validate, countParses } = createKeeper();
    validate(withPlaceholders('@one', 'one'));
    const request = withPlaceholders('@two', 'two');
    const expected = withPlaceholders('@two', 'two');
    validateExpressions(expected);

    expect(validate(request)).toBeUndefined();

    expect(JSON.parse(JSON.stringify(request))).toEqual(JSON.parse(JSON.stringify(expected)));
    expect(countParses()).toBe(2);
  });

  test('are kept each by itself', () => {
    const { validate, countParses } = createKeeper();
    const { ExpressionAttributeNames, ExpressionAttributeValues, ...expressions } = withPlaceholders('@one', 'one');
    validate({ ...expressions, ExpressionAttributeNames, ExpressionAttributeValues });
    const request = () => ({
      ...expressions,
      UpdateExpression: `${expressions.UpdateExpression}, another`,
      ExpressionAttributeNames: { ...ExpressionAttributeNames },
      ExpressionAttributeValues: structuredClone<Record<string, AttributeValue>>(ExpressionAttributeValues),
    });
    const [ours, theirs]: ExpressionRequest[] = [request(), request()];
    validateExpressions(theirs!);

    expect(validate(ours!)).toBeUndefined();

    expect(JSON.parse(JSON.stringify(ours))).toEqual(JSON.parse(JSON.stringify(theirs)));
    expect(countParses()).toBe(3);
  });

  test.for<[string, ExpressionRequest]>([
    [
      'a path named twice',
      { ...withPlaceholders('@one', 'one'), ExpressionAttributeNames: { '#a': 'l', '#b': 'x', '#l': 'l', '#s': 's' } },
    ],
    [
      'a value of another type',
      {
        ...withPlaceholders('@one', 'one'),
        ExpressionAttributeValues: { ':n': { S: '3' }, ':zero': { N: '0' }, ':l': { L: [] }, ':text': { S: '' } },
      },
    ],
    [
      'a value that is no number',
      {
        ...withPlaceholders('@one', 'one'),
        ExpressionAttributeValues: { ':n': { N: 'x' }, ':zero': { N: '0' }, ':l': { L: [] }, ':text': { S: '' } },
      },
    ],
    [
      'a placeholder without a value',
      { UpdateExpression: 'SET a = :v, b = :w', ExpressionAttributeValues: { ':v': { S: 'x' } } },
    ],
    [
      'a value that is not used',
      { UpdateExpression: 'SET a = :v', ExpressionAttributeValues: { ':v': { S: 'x' }, ':w': { S: 'x' } } },
    ],
    [
      'a path that the expression names itself',
      {
        UpdateExpression: 'SET abc = :v REMOVE #n',
        ExpressionAttributeNames: { '#n': 'abc' },
        ExpressionAttributeValues: { ':v': { S: 'x' } },
      },
    ],
    [
      'a condition that was kept as an update',
      { ConditionExpression: 'SET a = :v', ExpressionAttributeValues: { ':v': { S: 'x' } } },
    ],
    ['an update that was kept as a condition', { UpdateExpression: 'attribute_not_exists(pk)' }],
    [
      'bounds in the wrong order',
      { ConditionExpression: 'a BETWEEN :v AND :w', ExpressionAttributeValues: { ':v': { N: '2' }, ':w': { N: '1' } } },
    ],
  ])('are refused for the same reasons: %s', ([, wrong]) => {
    const { validate } = createKeeper();
    validate(withPlaceholders('@one', 'one'));
    validate({ UpdateExpression: 'SET a = :v', ExpressionAttributeValues: { ':v': { S: 'x' } } });
    validate({ ConditionExpression: 'attribute_not_exists(pk)' });
    validate({
      ConditionExpression: 'a BETWEEN :v AND :w',
      ExpressionAttributeValues: { ':v': { N: '1' }, ':w': { N: '2' } },
    });
    validate({
      UpdateExpression: 'SET abc = :v REMOVE #n',
      ExpressionAttributeNames: { '#n': 'other' },
      ExpressionAttributeValues: { ':v': { S: 'x' } },
    });

    const answer = validate(structuredClone(wrong));

    expect(answer).toBeTypeOf('string');
    expect(answer).toBe(validateExpressions(structuredClone(wrong)));
  });
});
