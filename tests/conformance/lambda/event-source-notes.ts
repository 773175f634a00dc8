/** Reads what the consumer of the probe app has noted about the messages of a case. */
import { setTimeout as delay } from 'node:timers/promises';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import type { Engine } from '../conformance-case.ts';

const LIMIT_MS = 25_000;

/**
 * Waits until a number of records was noted.
 * @param name of the case, as its messages give it
 * @returns the records of each event, in the order of the events
 */
export async function readNotes({ dynamoDb }: Engine, name: string, recordCount: number): Promise<SQSRecord[][]> {
  const endAt = Date.now() + LIMIT_MS;
  for (;;) {
    const { Item } = await dynamoDb.send(
      new GetItemCommand({ TableName: 'probe-notes', Key: { pk: { S: name } }, ConsistentRead: true }),
    );
    const events: SQSRecord[][] = (Item?.['events']?.L ?? []).map(({ S = '[]' }) => JSON.parse(S));
    if (events.flat().length >= recordCount || Date.now() > endAt) return events;
    await delay(100);
  }
}
