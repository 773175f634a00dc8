// Which messages an answer of a function reports as failed.
import { expect, it } from 'vitest';
import { readBatchItemFailures } from './batch-item-failures.ts';

const IDS = new Set(['a', 'b', 'c']);

it.each(['null', '{}', '{"batchItemFailures":null}', '{"batchItemFailures":[]}'])(
  '%s means that all succeeded',
  (payload) => {
    expect(readBatchItemFailures(payload, IDS)).toEqual(new Set());
  },
);

it('names the failed messages', () => {
  const payload = '{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"c"}]}';

  expect(readBatchItemFailures(payload, IDS)).toEqual(new Set(['a', 'c']));
});

it.each([
  '"text"',
  '{"batchItemFailures":{}}',
  '{"batchItemFailures":["a"]}',
  '{"batchItemFailures":[null]}',
  '{"batchItemFailures":[{"id":"a"}]}',
  '{"batchItemFailures":[{"itemIdentifier":""}]}',
  '{"batchItemFailures":[{"itemIdentifier":null}]}',
  '{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"unknown"}]}',
])('%s means that the whole batch failed', (payload) => {
  expect(readBatchItemFailures(payload, IDS)).toBe('all');
});
