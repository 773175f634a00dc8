/** The SQS client that the adapters share. */
import { type ServiceOutputTypes, SQSClient, type SQSClientConfig, SQSServiceException } from '@aws-sdk/client-sqs';
import { type JsonService, openJsonWire, readErrorBody } from './json-wire.ts';

const SERVICE: JsonService = {
  name: 'SQS',
  signingName: 'sqs',
  target: 'AmazonSQS',
  endpointVariable: 'AWS_ENDPOINT_URL_SQS',
  readError,
  isTemporary,
};

/** Faults that SQS lays at the client's door though a repeat may succeed ("Common errors" of its reference). */
const TEMPORARY = new Set(['RequestThrottled', 'ThrottlingException', 'KmsThrottled']);

/**
 * A client whose calls end, one way or the other, within about four seconds. It asks SQS at its endpoint: a queue's URL
 * names the queue, but its host may be out of reach. Failures are SQSServiceException; without an answer, the network's own
 * error.
 */
export function createSqsClient(config: SQSClientConfig = {}): SQSClient {
  const client = new SQSClient({ cacheMiddleware: true, ...config });
  const send = openJsonWire(client.config, SERVICE, { timeoutMs: 2_000, maxAttempts: 2 });
  client.middlewareStack.add(
    (_next, { commandName = '' }) =>
      ({ input }) =>
        send<ServiceOutputTypes>(commandName, input),
    { name: 'jsonWire', step: 'initialize', priority: 'high' },
  );
  return client;
}

function readError(statusCode: number, text: string): SQSServiceException {
  const { name, message = `SQS answered ${statusCode}` } = readErrorBody(text);
  const $fault = statusCode < 500 ? 'client' : 'server';
  return new SQSServiceException({ name, message, $fault, $metadata: { httpStatusCode: statusCode } });
}

function isTemporary(error: unknown): boolean {
  return !(error instanceof SQSServiceException) || error.$fault === 'server' || TEMPORARY.has(error.name);
}
