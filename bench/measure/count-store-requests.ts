/** Counts what the messenger's functions ask DynamoDB for, on an engine of its own with a counter in between. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createStoreProxy } from '../../localstack/embedded/aws-endpoint/store-proxy.ts';
import { closeServer, urlOf } from '../../localstack/embedded/close-server.ts';
import { DataFolder } from '../../localstack/embedded/data-folder.ts';
import { readSettings } from '../../localstack/embedded/engine-settings.ts';
import { startEngine, type StoreEndpoints } from '../../localstack/embedded/engine.ts';
import { readCdkApp } from '../../localstack/embedded/synthesize.ts';
import type { Job } from '../job.ts';
import { appFolder, SETTINGS } from '../systems/messenger-system.ts';
import { populateMessenger } from '../systems/populate-messenger.ts';
import type { System } from '../systems/system.ts';

export interface StoreRequests {
  readonly reads: number;
  readonly writes: number;
}

export interface CountedMessenger extends Pick<System, 'url' | 'job'> {
  /** Requests so far. */
  count(): StoreRequests;
}

const WRITE = /\.(Put|Update|Delete|BatchWrite|TransactWrite)/;

/**
 * Runs in this process: what it costs is not measured.
 * @param folder where the engine may keep its data
 * @param started gets what ends it again
 */
export async function startCountedMessenger(
  mode: 'managed' | 'lambda',
  job: Job,
  folder: string,
  started: AsyncDisposableStack,
): Promise<CountedMessenger> {
  let reads = 0;
  let writes = 0;
  const routeStores = async (real: StoreEndpoints): Promise<StoreEndpoints> => {
    const url = await startCounter(real.AWS_ENDPOINT_URL_DYNAMODB, started, (operation) => {
      if (WRITE.test(operation)) writes++;
      else reads++;
    });
    return { ...real, AWS_ENDPOINT_URL_DYNAMODB: url };
  };
  const settings = readSettings([...SETTINGS], {
    API_PORT: '0',
    AWS_PORT: '0',
    DATA_DIR: folder,
    LAMBDA_MODE: mode,
  });
  if (settings === 'help') throw new Error('settings were asked for, not help');
  const data = DataFolder.open(folder, true);
  started.defer(() => data.close());
  const app = await readCdkApp(appFolder(job), settings.context);
  const engine = await startEngine({
    settings,
    app,
    folder: data,
    onProgress: () => {},
    onFailure: console.error,
    routeStores,
  });
  started.defer(() => engine.stop());
  if (job.kind !== 'open-send') await populateMessenger(engine, job.population);
  return { url: engine.apiUrls[0]!, job, count: () => ({ reads, writes }) };
}

/** @returns where it listens */
async function startCounter(
  target: string,
  started: AsyncDisposableStack,
  onRequest: (operation: string) => void,
): Promise<string> {
  const proxy = createStoreProxy('DynamoDB', target);
  started.defer(() => proxy.stop());
  const server = createServer((request, response) => {
    onRequest(String(request.headers['x-amz-target']));
    void proxy.forward(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  started.defer(() => closeServer(server));
  return urlOf(server);
}
