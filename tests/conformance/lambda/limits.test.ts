/** Sizes of requests and responses, and the ways to invoke. */
import { expect } from 'vitest';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { ConformanceCase, Engine } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { withDifferences } from '../with-differences.ts';
import { DIFFERENCES } from './limits-differences.ts';
import { readRecords } from './event-source-notes.ts';
import { invoke, observeRefusal, observeResult } from './invoke-function.ts';
import type { Invoked } from './invoke-function.ts';

const INVOKE = 'Invoke';
const QUOTAS = 'Lambda quotas';
const LIMIT_BYTES = 6 * 1024 * 1024;

function refuses(
  what: string,
  source: string,
  call: (engine: Engine) => Promise<unknown>,
  documented: object,
): ConformanceCase {
  return { name: what, source, observe: (engine) => observeRefusal(call(engine)), documented };
}

/** The size of an answer and, if it is an error, its type: a large text would say no more. */
function observeSize({ payload, functionError }: Invoked): object {
  return { bytes: Buffer.byteLength(payload), errorType: functionError && JSON.parse(payload).errorType };
}

const CASES: readonly ConformanceCase[] = [
  {
    name: 'a response of 6 MB is answered',
    source: QUOTAS,
    observe: async (engine) => {
      return observeSize(await invoke(engine, 'probe-results', { kind: 'large', bytes: LIMIT_BYTES - 2 }));
    },
    documented: { bytes: LIMIT_BYTES, errorType: undefined },
  },
  {
    name: 'a larger response is an error of the function',
    source: QUOTAS,
    observe: async (engine) =>
      observeSize(await invoke(engine, 'probe-results', { kind: 'large', bytes: LIMIT_BYTES + 100 })),
    documented: { bytes: expect.any(Number), errorType: 'Function.ResponseSizeTooLarge' },
  },
  refuses(
    'a request of more than 6 MB is refused',
    QUOTAS,
    (engine) => invoke(engine, 'probe-results', 'x'.repeat(LIMIT_BYTES)),
    { name: 'RequestTooLargeException', status: 413, message: expect.any(String) },
  ),
  refuses(
    'an asynchronous request of more than 1 MB is refused',
    QUOTAS,
    (engine) => invoke(engine, 'probe-results', 'x'.repeat(1024 * 1024), { InvocationType: 'Event' }),
    { name: 'RequestTooLargeException', status: 413, message: expect.any(String) },
  ),
  refuses(
    'a payload that is not JSON is refused',
    INVOKE,
    ({ lambda }) => lambda.send(new InvokeCommand({ FunctionName: 'probe-results', Payload: Buffer.from('{no') })),
    {
      name: 'InvalidRequestContentException',
      status: 400,
      message: expect.stringContaining('Could not parse request body into json'),
    },
  ),
  refuses('a function that does not exist is refused', INVOKE, (engine) => invoke(engine, 'probe-nowhere', {}), {
    name: 'ResourceNotFoundException',
    status: 404,
    message: expect.stringMatching(/^Function not found: arn:aws:lambda:us-east-1:\d{12}:function:probe-nowhere/),
  }),
  refuses(
    'a version that does not exist is refused',
    INVOKE,
    (engine) => invoke(engine, 'probe-results', {}, { Qualifier: '99' }),
    {
      name: 'ResourceNotFoundException',
      status: 404,
      message: expect.stringMatching(/^Function not found: arn:aws:lambda:us-east-1:\d{12}:function:probe-results:99$/),
    },
  ),
  {
    name: 'a synchronous request is answered with the version that ran',
    source: INVOKE,
    observe: async (engine) => {
      const { output } = await invoke(engine, 'probe-results', {}, { Qualifier: '$LATEST' });
      return { status: output.StatusCode, version: output.ExecutedVersion, logs: output.LogResult };
    },
    documented: { status: 200, version: '$LATEST', logs: undefined },
  },
  {
    name: 'a dry run only says that the request is allowed',
    source: INVOKE,
    observe: async (engine) => {
      const { output, payload } = await invoke(engine, 'probe-results', {}, { InvocationType: 'DryRun' });
      return { status: output.StatusCode, payload };
    },
    documented: { status: 204, payload: '' },
  },
  {
    name: 'an asynchronous request is accepted, and then the function runs',
    source: 'Invoking a Lambda function asynchronously',
    observe: async (engine) => {
      const name = crypto.randomUUID();
      const event = { Records: [{ body: JSON.stringify({ case: name }), attributes: {} }] };
      const { output, payload } = await invoke(engine, 'probe-consumer', event, { InvocationType: 'Event' });
      const notes = await readRecords(engine, name, 1);
      return { status: output.StatusCode, payload, runs: notes.length };
    },
    documented: { status: 202, payload: '', runs: 1 },
  },
  {
    name: 'a function may be named by its ARN or a part of it',
    source: INVOKE,
    observe: async (engine) => {
      const { payload } = await invoke(engine, 'probe-environment', {});
      const arn: string = JSON.parse(payload).context.invokedFunctionArn;
      const [, , , , account = ''] = arn.split(':');
      const ownArn = arn.replace('probe-environment', 'probe-results');
      const names = [ownArn, `${account}:function:probe-results`, 'probe-results:$LATEST'];
      const calls = names.map((name) => observeResult(engine, name, { kind: 'text' }));
      return Promise.all(calls.map((call) => call.catch((error: Error) => error.name)));
    },
    documented: ['text', 'text', 'text'],
  },
];

runCases('Lambda: limits and environment', withDifferences(CASES, DIFFERENCES));
