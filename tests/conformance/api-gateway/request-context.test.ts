/** The request context of proxy events. */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { withDifferences } from '../with-differences.ts';
import { EVENT_MEMBERS } from './event-members.ts';
import { DIFFERENCES } from './request-context-differences.ts';
import { send, sendForEvent } from './send-request.ts';

const INPUT = 'Input format of a Lambda function for proxy integration';

function knows(
  name: string,
  select: (context: APIGatewayProxyEvent['requestContext'], event: APIGatewayProxyEvent) => unknown,
  documented: unknown,
): ConformanceCase {
  return {
    name,
    source: INPUT,
    observe: async (engine) => {
      const sent = { method: 'PUT', path: '/context/x?a=1', headers: ['User-Agent', 'probe/1'] };
      const event = await sendForEvent(engine, sent);
      return select(event.requestContext, event);
    },
    documented,
  };
}

const CASES: readonly ConformanceCase[] = [
  knows('an event has these members', (_, event) => Object.keys(event).toSorted(), EVENT_MEMBERS),
  knows(
    'the context tells what was asked',
    ({ httpMethod, path, protocol, stage, resourcePath }) => ({ httpMethod, path, protocol, stage, resourcePath }),
    { httpMethod: 'PUT', path: '/prod/context/x', protocol: 'HTTP/1.1', stage: 'prod', resourcePath: '/{proxy+}' },
  ),
  knows(
    'the context tells which API was asked',
    ({ accountId, apiId, domainPrefix, domainName, resourceId, ...rest }) => ({
      accountId,
      resourceId,
      deploymentId: Reflect.get(rest, 'deploymentId'),
      isPrefix: domainPrefix === apiId,
      domainName: domainName?.replace(apiId, '<api>'),
    }),
    {
      accountId: expect.stringMatching(/^\d{12}$/),
      resourceId: expect.stringMatching(/^[a-z0-9]+$/),
      deploymentId: expect.stringMatching(/^[a-z0-9]+$/),
      isPrefix: true,
      domainName: '<api>.execute-api.us-east-1.amazonaws.com',
    },
  ),
  knows(
    'the context has ids of the request',
    ({ requestId, extendedRequestId }) => ({ requestId, extendedRequestId }),
    {
      requestId: expect.stringMatching(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/),
      extendedRequestId: expect.stringMatching(/^[\w+/-]{15}=$/),
    },
  ),
  knows(
    'the context has the time of the request in two forms',
    ({ requestTime = '', requestTimeEpoch }) => {
      const [, day, month, year, time] =
        /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) \+0000$/.exec(requestTime) ?? [];
      const seconds = Date.parse(`${day} ${month} ${year} ${time} UTC`) / 1000;
      return seconds === Math.floor(requestTimeEpoch / 1000);
    },
    true,
  ),
  knows('an anonymous client has an identity of its address and its program', ({ identity }) => identity, {
    accessKey: null,
    accountId: null,
    caller: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp: '127.0.0.1',
    user: null,
    userAgent: 'probe/1',
    userArn: null,
  }),
  {
    name: "the ids of the request are in the answer's headers",
    source: INPUT,
    observe: async (engine) => {
      const { headers, body } = await send(engine, { path: '/ids' });
      const { requestContext }: APIGatewayProxyEvent = JSON.parse(body.toString());
      return {
        requestId: headers['x-amzn-requestid']?.[0] === requestContext.requestId,
        extendedRequestId: headers['x-amz-apigw-id']?.[0] === requestContext.extendedRequestId,
      };
    },
    documented: { requestId: true, extendedRequestId: true },
  },
];

runCases('API Gateway: events', withDifferences(CASES, DIFFERENCES));
