/** What a function finds in its context and its environment. */
import { expect } from 'vitest';
import type { ConformanceCase, Engine } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { withDifferences } from '../with-differences.ts';
import { DIFFERENCES } from './environment-differences.ts';
import { invoke } from './invoke-function.ts';

const CONTEXT = 'Using the Lambda context object to retrieve Node.js function information';
const VARIABLES = 'Working with Lambda environment variables';

interface Surroundings {
  readonly context: Record<string, unknown> & { readonly remainingTimeMs: number };
  readonly contextKeys: readonly string[];
  readonly environment: Record<string, string>;
  readonly isInTaskRoot: boolean;
  readonly workingFolder: string;
  readonly nodeVersion: string;
  readonly date: string;
}

async function look(engine: Engine, options: Parameters<typeof invoke>[3] = {}): Promise<Surroundings> {
  const { payload } = await invoke(engine, 'probe-environment', {}, options);
  return JSON.parse(payload);
}

function finds(
  what: string,
  source: string,
  select: (surroundings: Surroundings) => unknown,
  documented: unknown,
): ConformanceCase {
  return { name: what, source, observe: async (engine) => select(await look(engine)), documented };
}

/** Those variables whose values do not depend on where the function runs. */
const FIXED_VARIABLES = {
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: 'probe-environment',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '192',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/probe-environment',
  AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(
    /^\d{4}\/\d\d\/\d\d\/(?:probe-environment)?\[\$LATEST\][\da-f]{32}$/,
  ),
  _HANDLER: 'environment.handler',
  LANG: 'en_US.UTF-8',
};

const CASES: readonly ConformanceCase[] = [
  finds(
    'the context names the function and the request',
    CONTEXT,
    ({ context }) => ({
      functionName: context['functionName'],
      functionVersion: context['functionVersion'],
      invokedFunctionArn: context['invokedFunctionArn'],
      memoryLimitInMB: context['memoryLimitInMB'],
      awsRequestId: context['awsRequestId'],
      logGroupName: context['logGroupName'],
      // An engine may give null.
      identity: context['identity'] ?? undefined,
      clientContext: context['clientContext'] ?? undefined,
    }),
    {
      functionName: 'probe-environment',
      functionVersion: '$LATEST',
      invokedFunctionArn: expect.stringMatching(/^arn:aws:lambda:us-east-1:\d{12}:function:probe-environment$/),
      memoryLimitInMB: '192',
      awsRequestId: expect.stringMatching(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/),
      logGroupName: '/aws/lambda/probe-environment',
      identity: undefined,
      clientContext: undefined,
    },
  ),
  finds(
    'the context has the log stream of the environment',
    CONTEXT,
    ({ context, environment }) => context['logStreamName'] === environment['AWS_LAMBDA_LOG_STREAM_NAME'],
    true,
  ),
  finds(
    'the context knows the time that remains',
    CONTEXT,
    ({ context: { remainingTimeMs } }) => remainingTimeMs > 5_000 && remainingTimeMs <= 10_000,
    true,
  ),
  finds(
    'the context of Node.js 24 has what its runtime puts there',
    CONTEXT,
    ({ contextKeys }) => contextKeys.toSorted(),
    [
      'awsRequestId',
      'clientContext',
      'functionName',
      'functionVersion',
      'getRemainingTimeInMillis',
      'identity',
      'invokedFunctionArn',
      'logGroupName',
      'logStreamName',
      'memoryLimitInMB',
      'tenantId',
      'xRayTraceId',
    ],
  ),
  {
    name: "the context has the client's context",
    source: CONTEXT,
    observe: async (engine) => {
      const clientContext = { custom: { page: 'one' } };
      const ClientContext = Buffer.from(JSON.stringify(clientContext)).toString('base64');
      return (await look(engine, { ClientContext })).context['clientContext'] ?? undefined;
    },
    documented: { custom: { page: 'one' } },
  },
  {
    name: 'the request id is that of the response',
    source: CONTEXT,
    observe: async (engine) => {
      const { payload, output } = await invoke(engine, 'probe-environment', {});
      return JSON.parse(payload).context.awsRequestId === output.$metadata.requestId;
    },
    documented: true,
  },
  finds(
    'the variables of the service have their values',
    VARIABLES,
    ({ environment }) => Object.fromEntries(Object.keys(FIXED_VARIABLES).map((name) => [name, environment[name]])),
    FIXED_VARIABLES,
  ),
  finds(
    'there are credentials',
    VARIABLES,
    ({ environment }) =>
      ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].filter((name) => environment[name]),
    ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
  ),
  finds('a function has its own variables', VARIABLES, ({ environment }) => environment['OWN'], 'väl=ue'),
  finds(
    'the variable TZ sets the time zone',
    VARIABLES,
    ({ date }) => date.slice(0, 33),
    'Thu Jan 01 1970 01:00:00 GMT+0100',
  ),
  finds('the code lies in the task root', VARIABLES, ({ isInTaskRoot }) => isInTaskRoot, true),
  finds(
    'the working folder is the task root',
    VARIABLES,
    ({ workingFolder, environment }) => workingFolder === environment['LAMBDA_TASK_ROOT'],
    true,
  ),
  finds(
    'the runtime is Node.js 24',
    'Lambda runtimes',
    ({ nodeVersion }) => nodeVersion,
    expect.stringMatching(/^24\./),
  ),
];

runCases('Lambda: limits and environment', withDifferences(CASES, DIFFERENCES));
