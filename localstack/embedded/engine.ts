/** Puts the engine together: the stores, the functions, the APIs and the AWS endpoint of one CDK app's stack. */
import { createRestApi, type RestApi } from './api-gateway/rest-api.ts';
import { listen } from './api-gateway/listen.ts';
import type { RestApiDefinition } from './api-gateway/rest-api-definition.ts';
import { refuseForeignRequest } from './api-gateway/loopback-guard.ts';
import { ACCOUNT_ID } from './account.ts';
import { startAwsEndpoint } from './aws-endpoint/aws-endpoint.ts';
import { closeServer, urlOf } from './close-server.ts';
import type { DataFolder } from './data-folder.ts';
import { type DynamoDb, startDynamoDb } from './dynamodb/dynamodb.ts';
import type { EngineSettings } from './engine-settings.ts';
import { startSqsEventSource } from './event-sources/sqs-event-source.ts';
import { LambdaService } from './lambda/lambda-service.ts';
import { LogFile } from './log-file.ts';
import { type Sqs, startSqs } from './sqs/sqs.ts';
import { type CdkApp, synthesize } from './synthesize.ts';
import { type DeployedStack, deployStack } from './template/deploy-stack.ts';
import type { DeployedRestApi } from './template/resource-types/rest-api-parts.ts';

const REGION = 'us-east-1';
/** Requests that one environment serves at once in the mode `managed`: the default of Managed Instances for Node.js. */
const MANAGED_CONCURRENCY = 64;
/** Events at once from a queue whose mapping sets no maximum: the five pollers that Lambda begins with. */
const DEFAULT_EVENT_CONCURRENCY = 5;

/** A stage of a REST API that takes requests. */
export interface RunningRestApi {
  readonly definition: RestApiDefinition;
  readonly api: RestApi;
}

export interface EngineOptions {
  readonly settings: EngineSettings;
  readonly app: CdkApp;
  readonly folder: DataFolder;
  /** Told what is being done. */
  readonly onProgress: (step: string) => void;
  /** Told that a part without which nothing works has ended. */
  readonly onFailure: (reason: string) => void;
  /** Gives the functions other addresses of the stores than the real ones: a test's network stands in between. */
  readonly routeStores?: (real: StoreEndpoints) => Promise<StoreEndpoints>;
}

/** URLs, by the variables under which the AWS SDK looks for them. */
export interface StoreEndpoints {
  readonly AWS_ENDPOINT_URL_DYNAMODB: string;
  readonly AWS_ENDPOINT_URL_SQS: string;
}

export interface Engine {
  /** One URL for each API port. */
  readonly apiUrls: readonly string[];
  readonly awsEndpoint: string;
  readonly stack: DeployedStack;
  /** The stack's outputs, in which API Gateway's own host names are replaced by the first API port. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Synthesizes again and replaces the code of functions that have changed; tells what was done. */
  reload(): Promise<string[]>;
  /** Ends everything that was started, the last first. */
  stop(): Promise<void>;
}

/** Starts everything; what was started is stopped again if anything fails. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  await using starting = new AsyncDisposableStack();
  const engine = await start(options, starting);
  const running = starting.move();
  return { ...engine, stop: () => running.disposeAsync() };
}

async function start(options: EngineOptions, started: AsyncDisposableStack): Promise<Omit<Engine, 'stop'>> {
  const { settings, app, folder, onProgress } = options;
  const assemblyFolder = folder.pathOf('assembly');

  onProgress('synthesizing the CDK app, starting DynamoDB and SQS');
  // Both are awaited whatever happens, so that a store never starts after the other side has failed.
  const [stores, synthesis] = await Promise.allSettled([
    startStores(options, started),
    synthesize(app, assemblyFolder),
  ]);
  if (stores.status === 'rejected') throw stores.reason;
  if (synthesis.status === 'rejected') throw synthesis.reason;
  const { dynamoDb, sqs } = stores.value;

  onProgress('creating the stack');
  const deploy = (): Promise<DeployedStack> =>
    deployStack({ assemblyFolder, region: REGION, dynamoDbEndpoint: dynamoDb.endpoint, sqs });
  const stack = await deploy();

  const lambda = new LambdaService({
    mode: settings.lambdaMode,
    maxEnvironments: settings.maxEnvironments,
    concurrencyPerEnvironment: MANAGED_CONCURRENCY,
    logFolder: folder.pathOf('logs'),
    region: REGION,
    accountId: ACCOUNT_ID,
  });
  started.defer(() => lambda.stop());
  // The SDK's own variables; straight to the stores, as one process more in between would only cost time.
  const direct = { AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint, AWS_ENDPOINT_URL_SQS: sqs.endpoint };
  const endpoints = (await options.routeStores?.(direct)) ?? direct;
  for (const definition of stack.functions)
    lambda.createFunction({ ...definition, environment: { ...endpoints, ...definition.environment } });

  const apis = stack.restApis.map((deployed) => startRestApi(deployed, lambda, folder, started));
  // What takes work is stopped at once, not one after another: each may give its last requests some time.
  const intake: (() => Promise<void>)[] = [];
  started.defer(async () => void (await Promise.all(intake.map((stop) => stop()))));
  const fronts = await openFronts(settings.apiPorts, apis, intake);
  const outputs = localizeOutputs(stack, fronts[0]);
  const awsEndpoint = await startAwsEndpoint({
    port: settings.awsPort,
    dynamoDbEndpoint: dynamoDb.endpoint,
    sqsEndpoint: sqs.endpoint,
    lambda,
    restApis: apis,
    stack: { ...stack, outputs },
  });
  intake.push(() => awsEndpoint.stop());
  startEventSources(stack, lambda, sqs, intake);

  return {
    apiUrls: fronts,
    awsEndpoint: awsEndpoint.url,
    stack,
    outputs,
    reload: async () => {
      await synthesize(app, assemblyFolder);
      return replaceChanged(lambda, stack, await deploy());
    },
  };
}

async function startStores(
  { folder, onFailure }: EngineOptions,
  started: AsyncDisposableStack,
): Promise<{ dynamoDb: DynamoDb; sqs: Sqs }> {
  const dynamoDb = await startDynamoDb({
    dataFolder: folder.pathOf('dynamodb'),
    region: REGION,
    onUnexpectedExit: (how) => onFailure(`DynamoDB has ended with ${how}`),
  });
  started.defer(() => dynamoDb.stop());
  const sqs = await startSqs({ dataFolder: folder.pathOf('sqs'), region: REGION });
  started.defer(() => sqs.stop());
  return { dynamoDb, sqs };
}

function startRestApi(
  { definition, accessLog }: DeployedRestApi,
  lambda: LambdaService,
  folder: DataFolder,
  started: AsyncDisposableStack,
): RunningRestApi {
  if (accessLog === undefined) return { definition, api: createRestApi(definition, lambda) };
  const file = new LogFile(folder.pathOf(`logs/${accessLog.logGroup}.log`));
  started.defer(() => file.close());
  const write = (line: string): void => file.write(`${line}\n`);
  return { definition, api: createRestApi(definition, lambda, { accessLog: { format: accessLog.format, write } }) };
}

/** Serves the stack's API at the root of each port, as a custom domain name would. */
async function openFronts(
  ports: readonly number[],
  apis: readonly RunningRestApi[],
  intake: (() => Promise<void>)[],
): Promise<string[]> {
  const [first, ...others] = apis;
  if (first === undefined) return [];
  if (others.length > 0)
    console.warn(`Only ${first.definition.name} has a port; the other APIs are on the AWS endpoint.`);
  const urls: string[] = [];
  for (const port of ports) {
    const server = await listen((req, res) => {
      if (refuseForeignRequest(req, res)) return;
      const [path = '/'] = (req.url ?? '/').split('?', 1);
      first.api.handle(req, res, { path, prefix: '' });
    }, port);
    intake.push(() => closeServer(server));
    urls.push(urlOf(server));
  }
  return urls;
}

function localizeOutputs({ outputs, restApis }: DeployedStack, url: string | undefined): Record<string, string> {
  const [api] = restApis;
  if (api === undefined || url === undefined) return outputs;
  const { restApiId, stageName } = api.definition;
  const remote = `https://${restApiId}.execute-api.${REGION}.amazonaws.com/${stageName}`;
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, value.replaceAll(remote, url)]));
}

function startEventSources(
  stack: DeployedStack,
  lambda: LambdaService,
  sqs: Sqs,
  intake: (() => Promise<void>)[],
): void {
  for (const definition of stack.eventSources) {
    const maximumConcurrency = definition.maximumConcurrency ?? DEFAULT_EVENT_CONCURRENCY;
    const options = { ...definition, maximumConcurrency, sqsEndpoint: sqs.endpoint, region: REGION };
    const source = startSqsEventSource(options, lambda);
    intake.push(() => source.stop());
  }
}

/** Replaces code that has changed; whatever else has changed needs a restart, and is named. */
function replaceChanged(lambda: LambdaService, running: DeployedStack, changed: DeployedStack): string[] {
  const done: string[] = [];
  for (const definition of changed.functions) {
    const current = lambda.listFunctions().find(({ functionName }) => functionName === definition.functionName);
    if (current === undefined || current.codeFolder === definition.codeFolder) continue;
    lambda.replaceCode(definition.functionName, definition.codeFolder);
    done.push(`reloaded ${definition.functionName}`);
  }
  if (describeWithoutCode(changed) !== describeWithoutCode(running))
    done.push('the stack has changed: restart to apply it');
  return done;
}

function describeWithoutCode(stack: DeployedStack): string {
  const functions = stack.functions.map((definition) => ({ ...definition, codeFolder: '' }));
  const apis = stack.restApis.map((api) => ({ ...api, definition: { ...api.definition, deploymentId: '' } }));
  return JSON.stringify({ ...stack, functions, restApis: apis });
}
