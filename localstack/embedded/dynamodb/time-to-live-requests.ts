// UpdateTimeToLive and DescribeTimeToLive, which dynalite does not keep; the setting lies in dynalite's own database.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { DynaliteStore, DynaliteTable } from 'dynalite/db/index.js';

/** The value of X-Amz-Target of the requests that {@link handleTimeToLiveRequest} answers. */
export const TIME_TO_LIVE_TARGETS: ReadonlySet<unknown> = new Set([
  'DynamoDB_20120810.UpdateTimeToLive',
  'DynamoDB_20120810.DescribeTimeToLive',
]);

interface TimeToLiveSpecification {
  Enabled: boolean;
  AttributeName: string;
}
interface TimeToLiveRequest {
  TableName: string;
  TimeToLiveSpecification?: TimeToLiveSpecification;
}

const SERIALIZATION_ERROR: [number, object] = [400, { __type: 'com.amazon.coral.service#SerializationException' }];

/** Answers a request of {@link TIME_TO_LIVE_TARGETS} with AWS's shapes and error texts. */
export async function handleTimeToLiveRequest(
  store: DynaliteStore,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A client may break off while it sends.
  const body = parseBody(await text(request).catch(() => ''));
  const [status, answer] = body === undefined ? SERIALIZATION_ERROR : await answerRequest(store, request, body);
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
}

function parseBody(json: string): TimeToLiveRequest | undefined {
  try {
    const body: TimeToLiveRequest = JSON.parse(json);
    return body;
  } catch {
    return undefined;
  }
}

async function answerRequest(
  store: DynaliteStore,
  request: IncomingMessage,
  body: TimeToLiveRequest,
): Promise<[number, object]> {
  const table = await getTable(store, body.TableName);
  if (table === undefined) return resourceNotFound(body.TableName);
  const key = `time-to-live~${body.TableName}` as const;
  const stored = store.db.getSync(key);
  const current = stored?.TableId === table.TableId && stored.Enabled ? stored : undefined;
  if (request.headers['x-amz-target'] === 'DynamoDB_20120810.DescribeTimeToLive') {
    const description = current
      ? { TimeToLiveStatus: 'ENABLED', AttributeName: current.AttributeName }
      : { TimeToLiveStatus: 'DISABLED' };
    return [200, { TimeToLiveDescription: description }];
  }
  const wanted = body.TimeToLiveSpecification;
  if (!wanted?.AttributeName) return validationError('TimeToLiveSpecification with an AttributeName is required');
  if (wanted.Enabled && current) return validationError('TimeToLive is already enabled');
  if (!wanted.Enabled && !current) return validationError('TimeToLive is already disabled');
  const specification = { Enabled: wanted.Enabled, AttributeName: wanted.AttributeName };
  // A table made anew under the same name starts without.
  const value = { ...specification, TableId: table.TableId };
  await store.db.batch([{ type: 'put', key, value }]);
  return [200, { TimeToLiveSpecification: specification }];
}

function getTable(store: DynaliteStore, name: string): Promise<DynaliteTable | undefined> {
  return new Promise((resolve) => {
    store.getTable(name, false, (_error, table) => resolve(table));
  });
}

function resourceNotFound(tableName: string): [number, object] {
  return [
    400,
    {
      __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
      message: `Requested resource not found: Table: ${tableName} not found`,
    },
  ];
}

function validationError(message: string): [number, object] {
  return [400, { __type: 'com.amazon.coral.validate#ValidationException', message }];
}
