/** Counts per sender as a DynamoDB map. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** A sender's name as a map key: prefixed, so that a sender called `__proto__` is a name like any other. */
export function senderAttribute(sender: string): string {
  return `@${sender}`;
}

export function encodeCounts(counts: ReadonlyMap<string, number>): Record<string, AttributeValue> {
  return Object.fromEntries([...counts].map(([sender, count]) => [senderAttribute(sender), { N: String(count) }]));
}

export function decodeCounts(map: Record<string, AttributeValue>): Map<string, number> {
  return new Map(Object.entries(map).map(([attribute, count]) => [attribute.slice(1), Number(count.N)]));
}
