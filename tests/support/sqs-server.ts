/** A real local SQS for a test file. */
import type { SQSClient } from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';
import { createSqsClient } from '../../shared/adapters/sqs-client.ts';

export interface SqsServer {
  readonly client: SQSClient;
  stop(): Promise<void>;
}

export async function startSqs(): Promise<SqsServer> {
  const region = 'eu-central-1';
  const server = await startFauxqs({ port: 0, logger: false, host: '127.0.0.1', defaultRegion: region });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = createSqsClient({ endpoint: `http://127.0.0.1:${server.port}`, region, credentials });
  return { client, stop: () => server.stop() };
}
