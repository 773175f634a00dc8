/** How engines are known to differ from AWS in what request-context.test.ts shows. */
import { expect } from 'vitest';
import type { Causes } from '../with-differences.ts';
import { EVENT_MEMBERS } from './event-members.ts';

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack adds the member version, which events of HTTP APIs have.',
      observed: {
        'an event has these members': [...EVENT_MEMBERS, 'version'],
      },
    },
    {
      why: "MiniStack leaves the deployment and the domain out of an event's context.",
      observed: {
        'the context tells which API was asked': {
          accountId: '000000000000',
          resourceId: expect.any(String),
          isPrefix: false,
        },
      },
    },
    {
      why: 'MiniStack gives the request id as the extended request id.',
      observed: {
        'the context has ids of the request': {
          requestId: expect.any(String),
          extendedRequestId: expect.stringMatching(/^[\da-f-]{36}$/),
        },
      },
    },
    {
      why: 'MiniStack leaves out of the identity what an anonymous client does not have, which is null on AWS.',
      observed: {
        'an anonymous client has an identity of its address and its program': {
          sourceIp: '127.0.0.1',
          userAgent: 'probe/1',
        },
      },
    },
    {
      why: 'MiniStack gives the response other ids than the event.',
      observed: {
        "the ids of the request are in the answer's headers": { requestId: false, extendedRequestId: false },
      },
    },
  ],
  localstack: [
    {
      why: 'LocalStack gives the address of its own as the domain of the API.',
      observed: {
        'the context tells which API was asked': {
          accountId: '000000000000',
          resourceId: expect.any(String),
          deploymentId: expect.any(String),
          isPrefix: false,
          domainName: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
        },
      },
    },
    {
      why: 'LocalStack makes shorter extended request ids, and gives the response another one than the event.',
      observed: {
        'the context has ids of the request': {
          requestId: expect.any(String),
          extendedRequestId: expect.stringMatching(/^[\da-f]{8}$/),
        },
        "the ids of the request are in the answer's headers": { requestId: true, extendedRequestId: false },
      },
    },
    {
      why: 'LocalStack leaves the time zone out of requestTime.',
      observed: {
        'the context has the time of the request in two forms': false,
      },
    },
  ],
};
