/** How engines are known to differ from AWS in what text-logs.test.ts shows. */
import type { Causes } from '../with-differences.ts';
import { PRINTED_LEVELS } from './printed-levels.ts';

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack logs what a function prints as it is: without START, END and REPORT, and without times, request ids and levels.',
      observed: {
        'a request is framed by START, END and REPORT': ["{ text: 'a', list: [ 1, { deep: [Object] } ] }"],
        'texts are formatted as Node.js does': ['one is 1, {"a":1} [ 2, [length]: 1 ] and more'],
        'nothing, null and an empty text are logged as well': ['undefined', 'null', '0n'],
        'a text of several lines stays one': ['first', 'second', '\tthird'],
        'an error is logged with its stack': ['TypeError: wrong', '<stack>'],
        'a timeout is logged, and the report has its status': ['going to sleep', 'Task timed out after 1.00 seconds'],
      },
    },
    {
      why: 'MiniStack logs what a function prints as it is; console.trace prints a stack, and there is no console.fatal.',
      observed: {
        'each method of the console has a level': PRINTED_LEVELS,
      },
    },
    {
      why: 'MiniStack logs the stack of an error, not the error as JSON.',
      observed: {
        'the error of a handler is logged as JSON': ['Error: no luck', '<stack>'],
        'properties of an error are logged': ['Error: with more', '<stack>'],
        'a thrown text is logged as an error': [''],
      },
    },
  ],
};
