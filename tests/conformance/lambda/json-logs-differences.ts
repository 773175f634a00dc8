/** How engines are known to differ from AWS in what json-logs.test.ts shows. */
import type { Causes } from '../with-differences.ts';
import { PRINTED_LEVELS } from './printed-levels.ts';

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack does not know the JSON format of logs and its levels: it logs what a function prints as it is.',
      observed: {
        'JSON: a request is framed by platform.start and platform.report': [],
        'JSON: an error after a text stands beside the message': ['failed: TypeError: wrong', '<stack>'],
        'JSON: an error alone is the message': ['TypeError: wrong', '<stack>'],
        'JSON: an error inside of an object has its properties': [
          '{',
          '  reason: TypeError: wrong',
          '<stack>',
          "    code: 'E_CODE'",
          '  }',
          '}',
        ],
        'JSON: an object stays an object, several arguments become one text, and a text stays a text': {
          object: [{ line: "{ text: 'a', list: [ 1, { deep: [Object] } ] }" }],
          formats: [{ line: 'one is 1, {"a":1} [ 2, [length]: 1 ] and more' }],
          lines: [{ line: 'first' }, { line: 'second' }, { line: '\tthird' }],
          json: [undefined],
        },
        'JSON: levels below INFO are left out by default': PRINTED_LEVELS,
        'JSON: nothing has no message, and what JSON cannot express is shown as text': {
          values: [{ line: 'undefined' }, { line: null }, { line: '0n' }],
          cycle: [{ line: "<ref *1> { name: 'round', self: [Circular *1] }" }],
        },
        'JSON: the error of a handler is logged': ['Error: with more', '<stack>'],
        'JSON: the level of a function leaves out what is below it, and reports of requests that succeed':
          PRINTED_LEVELS,
      },
    },
  ],
};
