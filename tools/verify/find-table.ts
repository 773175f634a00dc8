/** Finds the table of chats among all tables. */
import { type DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { ToolError } from '../command-line/run-tool.ts';

/** What CDK makes of the construct ids in every name that it gives the table. */
const NAME_PART = 'ChatsTable';

/** @throws ToolError unless there is exactly one */
export async function findTable(client: DynamoDBClient): Promise<string> {
  const names: string[] = [];
  for await (const { TableNames = [] } of paginateListTables({ client }, {})) names.push(...TableNames);
  return chooseTable(names);
}

/** @throws ToolError unless exactly one of the names is that of a table of chats */
export function chooseTable(names: readonly string[]): string {
  const found = names.filter((name) => name.includes(NAME_PART));
  const [table] = found;
  if (table === undefined)
    throw new ToolError(
      `No table has ${NAME_PART} in its name (the tables: ${names.join(', ') || 'none'}); name it with --table`,
    );
  if (found.length > 1)
    throw new ToolError(
      `${found.length} tables have ${NAME_PART} in their names: ${found.join(', ')}; name one with --table`,
    );
  return table;
}
