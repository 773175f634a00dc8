/** What a client of DynamoDB says and answers over the wire, beside what the SDK's own layers do with the same command. */
import { createServer } from 'node:http';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  DynamoDBServiceException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { CHAT_TABLE, type ChatDatabase, connectTo, startChatDatabase } from '../../tests/support/chat-database.ts';
import { listenLocally } from '../../tests/support/local-server.ts';
import { createDynamoDbClient } from './dynamodb-client.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test', sessionToken: 'token' };
const Key = { pk: { S: 'item' }, sk: { S: 'one' } };

let database: ChatDatabase;
let direct: DynamoDBClient;
let layered: DynamoDBClient;
beforeAll(async () => {
  database = await startChatDatabase();
  direct = connectTo(database.endpoint);
  layered = new DynamoDBClient({ endpoint: database.endpoint, region: 'us-east-1', credentials });
});
afterAll(() => database.stop());

/** A server that answers each request by the next of `answers`, and keeps what it was sent. */
async function startServer(...answers: ((requests: number) => [status: number, body: string] | 'silence' | 'cut')[]) {
  const requests: { headers: Record<string, unknown>; body: string }[] = [];
  const server = await listenLocally(
    createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        requests.push({ headers: request.headers, body });
        const answer = (answers[requests.length - 1] ?? answers.at(-1))?.(requests.length) ?? 'cut';
        if (answer === 'silence') return;
        if (answer === 'cut') response.destroy();
        else response.writeHead(answer[0], { 'content-type': 'application/x-amz-json-1.0' }).end(answer[1]);
      });
    }),
  );
  onTestFinished(() => server.close());
  const client = createDynamoDbClient(
    { endpoint: server.url, region: 'eu-west-1', credentials },
    { timeoutMs: 200, maxAttempts: 2 },
  );
  const sdkClient = new DynamoDBClient({ endpoint: server.url, region: 'eu-west-1', credentials, maxAttempts: 1 });
  return { client, sdkClient, requests };
}

describe('a command', () => {
  test('has the answer that the SDK gives', async () => {
    const update = new UpdateItemCommand({
      TableName: CHAT_TABLE,
      Key,
      UpdateExpression: 'SET #l = list_append(if_not_exists(#l, :none), :new) ADD #n :one, #s :set',
      ExpressionAttributeNames: { '#l': 'list', '#n': 'number', '#s': 'set' },
      ExpressionAttributeValues: {
        ':none': { L: [] },
        ':new': { L: [{ S: 'größer, 😀, "quoted"\n' }, { BOOL: true }, { NULL: true }, { M: { a: { N: '1.5' } } }] },
        ':one': { N: '1' },
        ':set': { SS: ['a', 'b'] },
      },
      ReturnValues: 'ALL_NEW',
    });
    const first = await direct.send(update);
    const read = new GetItemCommand({ TableName: CHAT_TABLE, Key, ConsistentRead: true });
    const query = new QueryCommand({
      TableName: CHAT_TABLE,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'item' } },
    });
    expect((await layered.send(read)).Item).toEqual(first.Attributes);
    expect((await direct.send(read)).Item).toEqual(first.Attributes);
    expect((await direct.send(query)).Items).toEqual((await layered.send(query)).Items);
    expect(
      (await direct.send(new GetItemCommand({ TableName: CHAT_TABLE, Key: { ...Key, sk: { S: 'x' } } }))).Item,
    ).toBe(undefined);
  });

  test('is signed as the SDK signs it', async () => {
    const { client, sdkClient, requests } = await startServer(() => [200, '{}']);
    const command = new GetItemCommand({ TableName: CHAT_TABLE, Key });
    await client.send(command);
    await sdkClient.send(command);
    const [ours, theirs] = requests.map(({ headers, body }) => ({
      body: JSON.parse(body),
      target: headers['x-amz-target'],
      token: headers['x-amz-security-token'],
      contentType: headers['content-type'],
      scope: /Credential=(\S+),/.exec(String(headers['authorization']))?.[1],
    }));
    expect(ours).toEqual(theirs);
    expect(ours?.scope).toMatch(/^test\/\d{8}\/eu-west-1\/dynamodb\/aws4_request$/);
  });
});

describe('a failure', () => {
  test('of a condition carries the item', async () => {
    await direct.send(new PutItemCommand({ TableName: CHAT_TABLE, Item: { ...Key, seq: { N: '7' } } }));
    const put = new PutItemCommand({
      TableName: CHAT_TABLE,
      Item: Key,
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const error = await direct.send(put).catch((reason: unknown) => reason);
    const expected = await layered.send(put).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConditionalCheckFailedException);
    expect(error).toMatchObject({ name: 'ConditionalCheckFailedException', Item: { ...Key, seq: { N: '7' } } });
    expect(expected).toMatchObject({ name: 'ConditionalCheckFailedException', Item: { ...Key, seq: { N: '7' } } });
  });

  test('of the client has the name that the service gives it, and is not tried again', async () => {
    const wrong = new GetItemCommand({ TableName: 'NoSuchTable', Key });
    const [ours, theirs] = await Promise.all(
      [direct, layered].map((client) => client.send(wrong).catch(describeError)),
    );
    expect(ours).toEqual(theirs);
    expect(ours).toEqual({ name: 'ResourceNotFoundException', fault: 'client' });
  });

  test.for<[string, () => [number, string] | 'silence' | 'cut']>([
    ['a fault of the service', () => [500, '{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError"}']],
    ['a throttle', () => [400, '{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException"}']],
    ['a broken connection', () => 'cut'],
    ['silence', () => 'silence'],
    ['an answer that is not JSON', () => [502, '<html>bad gateway</html>']],
  ])('by %s is tried again once', async ([, fail]) => {
    const { client, requests } = await startServer(fail, () => [200, '{"Item":{"pk":{"S":"item"}}}']);
    const command = new GetItemCommand({ TableName: CHAT_TABLE, Key });
    expect((await client.send(command)).Item).toEqual({ pk: { S: 'item' } });
    expect(requests).toHaveLength(2);
  });

  test('that lasts is told after the second attempt', async () => {
    const { client, requests } = await startServer(() => [503, '']);
    await expect(client.send(new GetItemCommand({ TableName: CHAT_TABLE, Key }))).rejects.toMatchObject({
      name: 'UnknownError',
      $fault: 'server',
    });
    expect(requests).toHaveLength(2);
  });
});

function describeError(error: unknown) {
  if (!(error instanceof DynamoDBServiceException)) return error;
  return { name: error.name, fault: error.$fault };
}
