/** The table of engines and areas. */
import { expect, test } from 'vitest';
import type { ConformanceResult } from './conformance-result.ts';
import { renderTable } from './render-table.ts';

const result = (engine: string, name: string, more: Partial<ConformanceResult> = {}): ConformanceResult => ({
  area: 'SQS: FIFO',
  engine,
  test: name,
  passed: true,
  ...more,
});

test('has a row for each area, a column for each engine that ran, and the reasons for what differs', () => {
  const results = [
    result('localstack', 'order'),
    result('localstack', 'groups', { difference: 'groups are ignored.' }),
    result('localstack', 'attributes', { difference: 'groups are ignored.' }),
    result('embedded', 'order'),
    result('embedded', 'order'),
    result('embedded', 'groups', { passed: false }),
    result('embedded', 'attributes', { passed: false, difference: 'groups are ignored.' }),
    result('dynamodb-local', 'conditions', { area: 'DynamoDB: conditions' }),
  ];
  expect(renderTable(results)).toBe(`| area | embedded | LocalStack | DynamoDB Local |
| --- | --- | --- | --- |
| DynamoDB: conditions |  |  | 1 |
| SQS: FIFO | 1, 2 FAIL | 1, 2 differ |  |

embedded differs from AWS in this:

- SQS: FIFO: groups are ignored.

LocalStack differs from AWS in this:

- SQS: FIFO: groups are ignored.`);
});
