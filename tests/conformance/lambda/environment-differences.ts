/** How engines are known to differ from AWS in what environment.test.ts shows. */
import { expect } from 'vitest';
import type { Causes } from '../with-differences.ts';

export const DIFFERENCES: Causes = {
  embedded: [
    {
      why: 'Functions are worker threads of one process here, and its time zone is theirs.',
      observed: {
        'the variable TZ sets the time zone': 'Thu Jan 01 1970 00:00:00 GMT+0000',
      },
    },
    {
      why: 'Functions are worker threads of one process here, and its working folder is theirs.',
      observed: {
        'the working folder is the task root': false,
      },
    },
  ],
  ministack: [
    {
      why: 'MiniStack gives the context of older runtimes, with callbacks and without tenant and trace.',
      observed: {
        'the context of Node.js 24 has what its runtime puts there': [
          'awsRequestId',
          'callbackWaitsForEmptyEventLoop',
          'clientContext',
          'done',
          'fail',
          'functionName',
          'functionVersion',
          'getRemainingTimeInMillis',
          'identity',
          'invokedFunctionArn',
          'logGroupName',
          'logStreamName',
          'memoryLimitInMB',
          'succeed',
        ],
      },
    },
    {
      why: "MiniStack does not pass on the client's context.",
      observed: {
        "the context has the client's context": undefined,
      },
    },
    {
      why: 'MiniStack gives the response and the request two ids.',
      observed: {
        'the request id is that of the response': false,
      },
    },
    {
      why: 'MiniStack sets only some of the variables, and no session token.',
      observed: {
        'the variables of the service have their values': {
          AWS_REGION: 'us-east-1',
          AWS_DEFAULT_REGION: 'us-east-1',
          AWS_LAMBDA_FUNCTION_NAME: 'probe-environment',
          AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
          AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '192',
          AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(/^[\da-f-]{36}$/),
        },
        'there are credentials': ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
      },
    },
  ],
  localstack: [
    {
      why: "LocalStack does not pass on the client's context.",
      observed: {
        "the context has the client's context": undefined,
      },
    },
  ],
};
