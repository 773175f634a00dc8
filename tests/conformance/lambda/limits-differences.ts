/** How engines are known to differ from AWS in what limits.test.ts shows. */
import type { Causes } from '../with-differences.ts';

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack has no limits of the sizes of requests and responses.',
      observed: {
        'a request of more than 6 MB is refused': 'not refused',
        'an asynchronous request of more than 1 MB is refused': 'not refused',
        'a larger response is an error of the function': { bytes: 6291558, errorType: undefined },
      },
    },
    {
      why: 'MiniStack takes a payload that is not JSON.',
      observed: {
        'a payload that is not JSON is refused': 'not refused',
      },
    },
    {
      why: 'MiniStack does not understand partial ARNs.',
      observed: {
        'a function may be named by its ARN or a part of it': ['text', 'ResourceNotFoundException', 'text'],
      },
    },
  ],
  localstack: [
    {
      why: 'LocalStack has no limits of the sizes of requests.',
      observed: {
        'a request of more than 6 MB is refused': 'not refused',
        'an asynchronous request of more than 1 MB is refused': 'not refused',
      },
    },
    {
      why: 'LocalStack takes a payload that is not JSON, and the runtime ends.',
      observed: {
        'a payload that is not JSON is refused': 'not refused',
      },
    },
  ],
};
