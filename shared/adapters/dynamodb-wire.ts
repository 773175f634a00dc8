/**
 * DynamoDB's JSON protocol, said directly. The SDK's own layers (schemas, endpoint rules, signer, retries, telemetry)
 * take two thirds of a call's processor time; of them this keeps the credentials, the endpoint and the error classes.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  DynamoDBServiceException,
  type ServiceOutputTypes,
} from '@aws-sdk/client-dynamodb';
import { createSigner } from './create-signer.ts';
import { openConnections } from './http-connections.ts';

export interface WireOptions {
  /** How long a connection may be silent before a request counts as failed. */
  readonly timeoutMs: number;
  /** How often a request is sent at most; faults of the network and the service are worth another attempt. */
  readonly maxAttempts: number;
}

const CONTENT_TYPE = 'application/x-amz-json-1.0';
const RETRY_PAUSE_MS = 50;

/** Faults that DynamoDB lays at the client's door though a repeat may succeed ("Error handling with DynamoDB"). */
const TEMPORARY = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionInProgressException',
]);

/** Whether the same request may succeed later. */
export function isTemporary(error: unknown): boolean {
  return !(error instanceof DynamoDBServiceException) || error.$fault === 'server' || TEMPORARY.has(error.name);
}

/**
 * Has a client's commands sent by this file. Their inputs must be JSON: no binary attribute values. Failures are the
 * SDK's: ConditionalCheckFailedException, else DynamoDBServiceException by its name; without an answer, the network's
 * own error.
 */
export function sendOverJsonWire(client: DynamoDBClient, { timeoutMs, maxAttempts }: WireOptions): void {
  const { config } = client;
  const sign = createSigner();
  const ask = openConnections('DynamoDB', timeoutMs);
  let destination: Promise<{ url: URL; region: string }> | undefined;

  const findDestination = async (): Promise<{ url: URL; region: string }> => {
    const region = await config.region();
    const set = await config.endpoint?.();
    const endpoint = set
      ? `${set.protocol}//${set.hostname}${set.port === undefined ? '' : `:${set.port}`}`
      : (process.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? process.env['AWS_ENDPOINT_URL']);
    const { url } = config.endpointProvider({ Region: region, ...(endpoint !== undefined && { Endpoint: endpoint }) });
    return { url, region };
  };

  const sendOnce = async (operation: string, body: string): Promise<ServiceOutputTypes> => {
    const { url, region } = await (destination ??= findDestination());
    const headers = { 'Content-Type': CONTENT_TYPE, 'X-Amz-Target': `DynamoDB_20120810.${operation}` };
    const unsigned = { service: 'dynamodb', region, host: url.host, method: 'POST', path: '/', headers, body };
    const signed = sign(unsigned, await config.credentials());
    const { statusCode, text } = await ask(url, { method: 'POST', path: '/', headers: signed, body });
    if (statusCode !== 200) throw readError(statusCode, text);
    const output: ServiceOutputTypes = JSON.parse(text);
    return Object.assign(output, { $metadata: { httpStatusCode: statusCode } });
  };

  client.middlewareStack.add(
    (_next, { commandName = '' }) =>
      async ({ input }) => {
        const operation = commandName.replace(/Command$/, '');
        const body = JSON.stringify(input);
        for (let attempt = 1; ; attempt++) {
          try {
            return { output: await sendOnce(operation, body), response: undefined };
          } catch (error) {
            if (attempt === maxAttempts || !isTemporary(error)) throw error;
            await sleep(Math.random() * RETRY_PAUSE_MS);
          }
        }
      },
    { name: 'jsonWire', step: 'initialize', priority: 'high' },
  );
}

function readError(statusCode: number, text: string): DynamoDBServiceException {
  const $metadata = { httpStatusCode: statusCode };
  const { __type = '', message, Message, Item } = parseErrorBody(text);
  const name = __type.slice(__type.lastIndexOf('#') + 1) || 'UnknownError';
  const common = { message: message ?? Message ?? `DynamoDB answered ${statusCode}`, $metadata };
  if (name === 'ConditionalCheckFailedException') return new ConditionalCheckFailedException({ ...common, Item });
  return new DynamoDBServiceException({ ...common, name, $fault: statusCode < 500 ? 'client' : 'server' });
}

interface ErrorBody {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
  readonly Item?: ConditionalCheckFailedException['Item'];
}

/** Something between here and DynamoDB may answer without JSON. */
function parseErrorBody(text: string): ErrorBody {
  try {
    const body: ErrorBody = JSON.parse(text);
    return body;
  } catch {
    return {};
  }
}
