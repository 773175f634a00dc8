// Adds to the notes of a name in the table that TABLE_NAME names.
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient();

export async function note(name, value) {
  await client.send(
    new UpdateItemCommand({
      TableName: process.env.TABLE_NAME,
      Key: { pk: { S: name } },
      UpdateExpression: 'SET events = list_append(if_not_exists(events, :none), :event)',
      ExpressionAttributeValues: { ':none': { L: [] }, ':event': { L: [{ S: JSON.stringify(value) }] } },
    }),
  );
}
