/** What happens after messages were sent: the consumer comes, moves the watermark and archives, without being asked twice. */
import { randomUUID } from 'node:crypto';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, inject, test } from 'vitest';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import { DeployedStack } from '../support/deployed-stack.ts';
import { FAN_OUT_TIME_MS } from '../support/fan-out-time.ts';
import { sendMessage } from '../support/open-stream-client.ts';

const STREAM = 'open-stream';

describe.each(inject('deployments'))('$name', ({ baseUrl, awsEndpoint }) => {
  test('every message is published and the head is trimmed within some seconds', async () => {
    const stack = new DeployedStack(awsEndpoint);
    const table = await stack.findChatTable();
    const store = new DynamoDbChatStore(stack.dynamoDb, table, { opensChats: true });
    const sender = `sender ${randomUUID()}`;
    let seq = 0;
    for (let index = 0; index < 25; index++)
      [seq] = (await sendMessage(baseUrl, sender, `message ${index}`)).Message_sent;

    const readPublished = async (): Promise<number> => {
      const Key = { pk: { S: `chat#${STREAM}` }, sk: { S: 'published' } };
      const { Item } = await stack.dynamoDb.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      return Number(Item?.['seq']?.N ?? 0);
    };
    await expect.poll(readPublished, { timeout: FAN_OUT_TIME_MS }).toBeGreaterThanOrEqual(seq);
    await expect
      .poll(async () => (await store.readHead(STREAM)).tail.length, { timeout: FAN_OUT_TIME_MS })
      .toBeLessThan(20);
  });
});
