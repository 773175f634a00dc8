/** How engines are known to differ from AWS in what messages.test.ts shows. */
import type { Causes } from '../with-differences.ts';

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack takes frames and messages of any size, and binary ones.',
      observed: {
        'a larger frame closes with 1009': undefined,
        'a larger message closes with 1009': undefined,
        'a binary frame closes with 1003': undefined,
      },
    },
    {
      why: 'MiniStack sends clients what functions answer, and their errors, also without a route response.',
      observed: {
        'what a function answers stays with it unless there is a route response': ['answer'],
        'so does an error that a function answers': ['answer'],
        'a function that fails is answered for with an error, and the connection stays': { error: 'secret', events: 2 },
      },
    },
    {
      why: 'MiniStack takes the messages of a connection one after the other.',
      observed: {
        'a message does not wait until the function has done with the one before': ['first', 'second'],
      },
    },
  ],
};
