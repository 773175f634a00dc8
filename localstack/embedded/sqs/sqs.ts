// Starts and stops the local SQS: fauxqs in this process, with its queues in an SQLite file.
import { buildApp } from 'fauxqs';
import { ACCOUNT_ID } from '../account.ts';
import { refuseForeignRequest } from '../api-gateway/loopback-guard.ts';
import { correctFauxqs, hideUnaskedAttributes } from './fauxqs-corrections.ts';
import { loadFauxqsModules } from './fauxqs-modules.ts';
import { moveQueueUrls, openPersistence } from './fauxqs-persistence.ts';

export interface SqsOptions {
  /** The folder that keeps queues and messages; made if missing. One engine at a time may use it. */
  dataFolder: string;
  /** Port on 127.0.0.1; any free one by default. */
  port?: number;
  /** The region in queue ARNs. */
  region?: string;
}

export interface Queue {
  name: string;
  url: string;
  arn: string;
}

export interface Sqs {
  endpoint: string;
  /**
   * Makes a queue, or gives the one of that name these attributes and keeps its messages. The attributes are those of
   * the SQS API, all as text; what is left out has SQS's default. Throws on a value that SQS would refuse.
   */
  createQueue(name: string, attributes?: Record<string, string>, tags?: Record<string, string>): Queue;
  /** Ends long polls and closes the database. */
  stop(): Promise<void>;
}

/** Starts SQS on a data folder: messages, also delayed and in-flight ones, outlast the process. */
export async function startSqs({ dataFolder, port = 0, region = 'us-east-1' }: SqsOptions): Promise<Sqs> {
  const fauxqs = await loadFauxqsModules();
  correctFauxqs(fauxqs);
  const { persistence, db } = openPersistence(fauxqs, dataFolder);
  const sqsStore = new fauxqs.SqsStore();
  const stores = { sqsStore, snsStore: new fauxqs.SnsStore(), s3Store: new fauxqs.S3Store() };
  sqsStore.region = region;
  // Queue URLs then carry the address of the request instead of sqs.<region>.localhost, which not every system resolves.
  sqsStore.host = '';

  const app = buildApp({ logger: false, stores });
  app.addHook('onRequest', (request, reply, done) => {
    if (refuseForeignRequest(request.raw, reply.raw)) reply.hijack();
    else done();
  });
  app.addHook('preHandler', (request, _, done) => {
    if (request.headers['x-amz-target'] === 'AmazonSQS.ReceiveMessage') hideUnaskedAttributes(request.body);
    done();
  });
  const endpoint = await app.listen({ host: '127.0.0.1', port }).catch((error: unknown) => {
    persistence.close();
    throw error;
  });
  const baseUrl = `${endpoint}/${ACCOUNT_ID}`;

  moveQueueUrls(db, baseUrl);
  // Loaded before the stores write through: a queue written again would cascade away its messages.
  persistence.loadSqsAndSns(sqsStore, stores.snsStore);
  sqsStore.persistence = persistence;
  for (const queue of sqsStore.allQueues()) queue.persistence = persistence;

  return {
    endpoint,
    createQueue: (name, attributes = {}, tags = {}) => {
      fauxqs.validateQueueAttributes(attributes, QueueAttributeError);
      const url = `${baseUrl}/${name}`;
      const arn = `arn:aws:sqs:${region}:${ACCOUNT_ID}:${name}`;
      const existing = sqsStore.getQueueByArn(arn);
      if (existing === undefined) {
        sqsStore.createQueue(name, url, arn, attributes, tags);
      } else {
        existing.attributes = { ...fauxqs.DEFAULT_QUEUE_ATTRIBUTES };
        existing.setAttributes(attributes);
      }
      return { name, url, arn };
    },
    stop: async () => {
      await app.close();
      persistence.close();
    },
  };
}

class QueueAttributeError extends Error {
  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}
