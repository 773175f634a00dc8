/** How engines are known to differ from AWS in what event-source.test.ts shows. */
import { expect } from 'vitest';
import type { Causes } from '../with-differences.ts';
import { DOCUMENTED_RECORD } from './event-source-record.ts';

const RECORD_WITHOUT_LISTS = {
  ...DOCUMENTED_RECORD,
  messageAttributes: {
    text: { stringValue: 'grüße', dataType: 'String' },
    amount: { stringValue: '7', dataType: 'Number.int' },
    bytes: { binaryValue: 'AQI=', dataType: 'Binary' },
  },
};

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack leaves the lists, which are always empty, out of the attributes of a message.',
      observed: {
        'a record has the message, its attributes and where it comes from': RECORD_WITHOUT_LISTS,
      },
    },
    {
      why: 'MiniStack takes a report of a message that is not in the batch for a success.',
      observed: {
        'a whole batch comes again if the function reports a message that is not in it': ['a1'],
      },
    },
  ],
  localstack: [
    {
      why: 'LocalStack parses a body that is JSON and writes it anew, with blanks, and leaves the lists, which are always empty, out of the attributes of a message.',
      observed: {
        'a record has the message, its attributes and where it comes from': {
          ...RECORD_WITHOUT_LISTS,
          body: expect.stringMatching(/^\{"case": "[\da-f-]+"\}$/),
        },
      },
    },
  ],
};
