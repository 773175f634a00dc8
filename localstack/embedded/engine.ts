/** Puts the engine together: the stores, the functions, the APIs and the AWS endpoint of one CDK app's stack. */
import { type AccessLog, createRestApi, type RestApi } from './api-gateway/rest-api.ts';
import type { RestApiDefinition } from './api-gateway/rest-api-definition.ts';
import { ACCOUNT_ID } from './account.ts';
import { openApiPorts } from './api-ports.ts';
import { startAwsEndpoint } from './aws-endpoint/aws-endpoint.ts';
import type { DataFolder } from './data-folder.ts';
import { type DynamoDb, startDynamoDb } from './dynamodb/dynamodb.ts';
import type { EngineSettings } from './engine-settings.ts';
import { startSqsEventSource } from './event-sources/sqs-event-source.ts';
import { LambdaService } from './lambda/lambda-service.ts';
import { type LocalUrls, localizeOutputs } from './localize-outputs.ts';
import { LogFile } from './log-file.ts';
import { type Sqs, startSqs } from './sqs/sqs.ts';
import { type CdkApp, synthesize } from './synthesize.ts';
import { type DeployedStack, deployStack } from './template/deploy-stack.ts';
import type { DeployedAccessLog } from './template/resource-types/access-logs.ts';
import { nameStage } from './websocket-api/stage-paths.ts';
import { createWebSocketApi, type WebSocketApi } from './websocket-api/websocket-api.ts';

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

  const restApis = startRestApis(stack, lambda, folder, started);
  const webSocketApis = startWebSocketApis(stack, lambda, options, started);
  // What takes work is stopped at once, not one after another: each may give its last requests some time.
  const intake = webSocketApis.map((api) => () => api.stop());
  started.defer(async () => void (await Promise.all(intake.map((stop) => stop()))));
  let outputs = stack.outputs;
  const awsEndpoint = await startAwsEndpoint({
    port: settings.awsPort,
    dynamoDbEndpoint: dynamoDb.endpoint,
    sqsEndpoint: sqs.endpoint,
    lambda,
    restApis,
    webSocketStages: new Map(webSocketApis.map((api) => [nameStage(api.definition), api])),
    describeStack: () => ({ ...stack, outputs }),
  });
  intake.push(() => awsEndpoint.stop());
  // The SDK's own variables; straight to the stores, as one process more in between would only cost time.
  const direct = { AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint, AWS_ENDPOINT_URL_SQS: sqs.endpoint };
  const endpoints = {
    ...((await options.routeStores?.(direct)) ?? direct),
    AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: awsEndpoint.url,
  };
  for (const definition of stack.functions)
    lambda.createFunction({ ...definition, environment: { ...endpoints, ...definition.environment } });

  const apiUrls = await openFronts(settings, restApis, webSocketApis, intake);
  outputs = localizeOutputs(stack, describeUrls(settings, awsEndpoint.url, apiUrls[0]));
  startEventSources(stack, lambda, sqs, intake);

  return {
    apiUrls,
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

function startRestApis(
  { restApis }: DeployedStack,
  lambda: LambdaService,
  folder: DataFolder,
  started: AsyncDisposableStack,
): RunningRestApi[] {
  return restApis.map(({ definition, accessLog }) => ({
    definition,
    api: createRestApi(definition, lambda, { accessLog: openAccessLog(accessLog, folder, started) }),
  }));
}

function startWebSocketApis(
  { webSocketApis }: DeployedStack,
  lambda: LambdaService,
  { settings, folder }: EngineOptions,
  started: AsyncDisposableStack,
): WebSocketApi[] {
  const idleMs = settings.webSocket.idleSeconds * 1_000;
  const lifetimeMs = settings.webSocket.lifetimeSeconds * 1_000;
  return webSocketApis.map(({ definition, accessLog }) =>
    createWebSocketApi(definition, lambda, {
      idleMs,
      lifetimeMs,
      accessLog: openAccessLog(accessLog, folder, started),
    }),
  );
}

function openAccessLog(
  accessLog: DeployedAccessLog | undefined,
  folder: DataFolder,
  started: AsyncDisposableStack,
): AccessLog | undefined {
  if (accessLog === undefined) return undefined;
  const file = new LogFile(folder.pathOf(`logs/${accessLog.logGroup}.log`));
  started.defer(() => file.close());
  return { format: accessLog.format, write: (line) => file.write(`${line}\n`) };
}

/** Serves the stack's first APIs of each kind on each port. */
async function openFronts(
  { apiPorts, webSocket }: EngineSettings,
  restApis: readonly RunningRestApi[],
  webSocketApis: readonly WebSocketApi[],
  intake: (() => Promise<void>)[],
): Promise<string[]> {
  const [restApi, ...otherRestApis] = restApis;
  const [webSocketApi, ...otherWebSocketApis] = webSocket.path === undefined ? [] : webSocketApis;
  if (restApi === undefined && webSocketApi === undefined) return [];
  const others = [...otherRestApis, ...otherWebSocketApis].map(({ definition }) => definition.name);
  if (others.length > 0) console.warn(`No port serves ${others.join(', ')}: the AWS endpoint does.`);
  const apis = { restApi: restApi?.api, webSocketApi, webSocketPath: webSocket.path };
  return openApiPorts(apiPorts, apis, intake);
}

function describeUrls({ webSocket }: EngineSettings, awsEndpoint: string, apiUrl: string | undefined): LocalUrls {
  const isServed = apiUrl !== undefined && webSocket.path !== undefined;
  return {
    awsEndpoint,
    api: apiUrl,
    webSocketApi: isServed ? `${apiUrl.replace('http', 'ws')}${webSocket.path}` : undefined,
  };
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
