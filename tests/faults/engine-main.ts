/** The process of an engine that the harness may kill: the real engine, with the harness's proxies before its stores. */
import type { Worker } from 'node:worker_threads';
import { DataFolder } from '../../localstack/embedded/data-folder.ts';
import { startDynamoDb } from '../../localstack/embedded/dynamodb/dynamodb.ts';
import { startEngine, type StoreEndpoints } from '../../localstack/embedded/engine.ts';
import type { EngineSettings } from '../../localstack/embedded/engine-settings.ts';
import type { EngineArguments, EngineReport, EngineRequest } from './engine-messages.ts';

/** Of each function: enough for writers to contend, and few enough to start in no time. */
const MAX_ENVIRONMENTS = 3;

const { mode, dataFolder, assembly, proxies }: EngineArguments = JSON.parse(process.argv[2] ?? '');
const workers = new Map<number, Worker>();
let stores: StoreEndpoints | undefined;

function report(message: EngineReport): void {
  process.send?.(message);
}

/** The database of this data folder was killed: another process goes on with its files. */
async function startDatabaseAgain(folder: DataFolder): Promise<void> {
  if (stores === undefined) throw new Error('DynamoDB has ended before the engine was ready');
  const { endpoint } = await startDynamoDb({
    dataFolder: folder.pathOf('dynamodb'),
    onUnexpectedExit: () => void startDatabaseAgain(folder),
  });
  stores = { ...stores, AWS_ENDPOINT_URL_DYNAMODB: endpoint };
  report({ kind: 'stores', endpoints: stores });
}

async function endEnvironments({ request, environment }: EngineRequest): Promise<void> {
  const ended = [...workers].filter(([threadId]) => environment === 'all' || threadId === environment);
  await Promise.all(ended.map(([, worker]) => worker.terminate()));
  report({ kind: 'environments-ended', request });
}

process.on('worker', (worker) => {
  const { threadId } = worker;
  workers.set(threadId, worker);
  worker.once('exit', () => workers.delete(threadId));
});
process.on('message', (request: EngineRequest) => void endEnvironments(request));
process.once('disconnect', () => process.exit());

const settings: EngineSettings = {
  appFolder: assembly,
  context: {},
  apiPorts: [0],
  awsPort: 0,
  dataFolder,
  fresh: false,
  lambdaMode: mode,
  maxEnvironments: MAX_ENVIRONMENTS,
  webSocket: { path: undefined, idleSeconds: 600, lifetimeSeconds: 7_200 },
  watch: false,
  shownOutput: undefined,
};
const folder = DataFolder.open(dataFolder, false);
const engine = await startEngine({
  settings,
  app: {
    folder: assembly,
    // The app is synthesized once for all engines.
    command: 'mkdir -p "$CDK_OUTDIR" && cp -R ./. "$CDK_OUTDIR"',
    context: {},
    watched: [],
  },
  folder,
  onProgress: () => {},
  onFailure: () => void startDatabaseAgain(folder),
  routeStores: async (real) => {
    stores = real;
    report({ kind: 'stores', endpoints: real });
    return proxies;
  },
});
const { ChatTableName: table = '', ChatActivityQueueUrl: queue = '' } = engine.outputs;
report({ kind: 'ready', apiUrl: engine.apiUrls[0] ?? '', table, queue });
