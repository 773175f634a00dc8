/** Reads what functions of the probe app have noted in its table. */
import { setTimeout as delay } from 'node:timers/promises';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Engine } from './conformance-case.ts';

const LIMIT_MS = 25_000;

/**
 * Waits until there are enough notes.
 * @param name under which the function notes
 * @returns each note in JSON, in their order; also if they are not enough after a while
 */
export async function readNotes(
  { dynamoDb }: Pick<Engine, 'dynamoDb'>,
  name: string,
  areEnough: (notes: readonly string[]) => boolean,
): Promise<string[]> {
  const endAt = Date.now() + LIMIT_MS;
  for (;;) {
    const { Item } = await dynamoDb.send(
      new GetItemCommand({ TableName: 'probe-notes', Key: { pk: { S: name } }, ConsistentRead: true }),
    );
    const notes = (Item?.['events']?.L ?? []).map(({ S = '' }) => S);
    if (areEnough(notes) || Date.now() > endAt) return notes;
    await delay(100);
  }
}
