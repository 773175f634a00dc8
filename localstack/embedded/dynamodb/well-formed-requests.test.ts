import createTable from 'dynalite/validations/createTable.js';
import batchGetItem from 'dynalite/validations/batchGetItem.js';
import batchWriteItem from 'dynalite/validations/batchWriteItem.js';
import type { AttributeValue } from 'dynalite/db/index.js';
import type { RequestTypes } from 'dynalite/validations/index.js';
import validations from 'dynalite/validations/index.js';
import query from 'dynalite/validations/query.js';
import updateItem from 'dynalite/validations/updateItem.js';
import { describe, expect, test } from 'vitest';
import { acceptPlainValues, acceptWellFormedRequests } from './well-formed-requests.ts';

const { checkTypes, validateAttributeValue } = validations;

const values: Record<string, AttributeValue> = {
  text: { S: 'text' },
  number: { N: '12' },
  binary: { B: 'AAEC' },
  yes: { BOOL: true },
  nothing: { NULL: true },
  set: { SS: ['a', 'b'] },
  numbers: { NS: ['1'] },
  list: { L: [{ S: 'a' }, { M: { deep: { L: [{ N: '1' }] } } }] },
};

const requests: Record<string, { types: RequestTypes; request: object }> = {
  UpdateItem: {
    types: updateItem.types,
    request: {
      TableName: 'chats',
      Key: { pk: { S: 'a' } },
      UpdateExpression: 'SET #a = :v',
      ExpressionAttributeNames: { '#a': 'attribute' },
      ExpressionAttributeValues: { ':v': { S: 'b' } },
      AttributeUpdates: { a: { Action: 'PUT', Value: { N: '1' } } },
    },
  },
  BatchGetItem: {
    types: batchGetItem.types,
    request: { RequestItems: { chats: { Keys: [{ pk: { S: 'a' } }, { pk: { S: 'b' } }], ConsistentRead: true } } },
  },
  BatchWriteItem: {
    types: batchWriteItem.types,
    request: {
      RequestItems: {
        chats: [
          { PutRequest: { Item: { pk: { S: 'a' }, ...values } } },
          { DeleteRequest: { Key: { pk: { S: 'b' } } } },
        ],
      },
    },
  },
  Query: {
    types: query.types,
    request: { TableName: 'chats', Limit: 3, ScanIndexForward: false, ExclusiveStartKey: { pk: { S: 'a' } } },
  },
  CreateTable: {
    types: createTable.types,
    request: {
      TableName: 'chats',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
    },
  },
};

const STRANGE = [null, 7, 1.5, 'text', 'true', true, [], ['a'], [[]], {}, { S: 1 }, { S: 'a', N: '1' }, { strange: 1 }];

describe.for(Object.entries(requests))('%s', ([, { types, request }]) => {
  test('without anything strange is taken as it is', () => {
    const accept = acceptWellFormedRequests(() => expect.unreachable('asked'));
    const withoutBinaries: object = JSON.parse(
      JSON.stringify(request, (name, part: unknown) => (name === 'binary' ? undefined : part)),
    );
    expect(accept(withoutBinaries, types)).toBe(withoutBinaries);
  });

  test('with any part replaced by something strange is what dynalite makes of it', () => {
    const check = acceptWellFormedRequests(checkTypes);
    const changed = [...replaceParts(request)];
    expect(changed.length).toBeGreaterThan(STRANGE.length);
    for (const body of changed) {
      const [ours, theirs] = [check, checkTypes].map((judge) => attempt(() => judge(JSON.parse(body), types)));
      expect({ body, outcome: ours }).toEqual({ body, outcome: theirs });
    }
  });
});

test.for([
  ...Object.values(values),
  ...['0', '-1', '01', '-0', '1e3', '1.50', '', 'x', '+4', '9'.repeat(15), '9'.repeat(39), '1e200'].map((N) => ({ N })),
  { S: '' },
  { SS: [] },
  { SS: ['a', 'a'] },
  { NS: ['1', '1.0'] },
  { NULL: false },
  { L: [{ N: '07' }, { N: 'x' }] },
  { M: { a: { SS: [] } } },
  { S: 'a', N: '1' },
  {},
])('the value %o is judged and written as dynalite does', (value) => {
  const [ours, theirs]: AttributeValue[] = [
    structuredClone<AttributeValue>(value),
    structuredClone<AttributeValue>(value),
  ];
  expect(acceptPlainValues(validateAttributeValue)(ours!)).toBe(validateAttributeValue(theirs!));
  expect(ours).toEqual(theirs);
});

/** The JSON of each copy of `root` that has something strange in the place of one of its parts. */
function* replaceParts(root: object): Generator<string> {
  const paths: PropertyKey[][] = [];
  const visit = (part: unknown, path: PropertyKey[]): void => {
    if (path.length > 0) paths.push(path);
    if (typeof part === 'object' && part !== null)
      for (const name of Object.keys(part)) visit(Reflect.get(part, name), [...path, name]);
  };
  visit(root, []);
  for (const path of paths)
    for (const strange of STRANGE) {
      const copy = structuredClone(root);
      const parent = path.slice(0, -1).reduce<object>((part, name) => Reflect.get(part, name), copy);
      Reflect.set(parent, path.at(-1)!, strange);
      yield JSON.stringify(copy);
    }
}

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error instanceof Error ? { message: error.message, body: Reflect.get(error, 'body') } : error;
  }
}
