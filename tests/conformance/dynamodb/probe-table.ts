/** A table with the calls that most cases make, without what is the same in all of them. */
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  ScanCommand,
  type ScanCommandInput,
  type ScanCommandOutput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;
/** Parameters of a call besides the table's name. */
type Parameters<Input extends { TableName: unknown }> = Omit<Input, 'TableName'>;

export class ProbeTable {
  readonly client: DynamoDBClient;
  readonly name: string;

  constructor(client: DynamoDBClient, name: string) {
    this.client = client;
    this.name = name;
  }

  /** Resolves to the attributes asked for by ReturnValues. */
  async put(parameters: Parameters<PutItemCommandInput>): Promise<Item | undefined> {
    const { Attributes } = await this.client.send(new PutItemCommand({ TableName: this.name, ...parameters }));
    return Attributes;
  }

  /** Resolves to the attributes asked for by ReturnValues. */
  async update(parameters: Parameters<UpdateItemCommandInput>): Promise<Item | undefined> {
    const { Attributes } = await this.client.send(new UpdateItemCommand({ TableName: this.name, ...parameters }));
    return Attributes;
  }

  async get(Key: Item): Promise<Item | undefined> {
    const { Item } = await this.client.send(new GetItemCommand({ TableName: this.name, Key, ConsistentRead: true }));
    return Item;
  }

  async query(parameters: Parameters<QueryCommandInput>): Promise<Omit<QueryCommandOutput, '$metadata'>> {
    const { $metadata: _, ...answer } = await this.client.send(
      new QueryCommand({ TableName: this.name, ...parameters }),
    );
    return answer;
  }

  async scan(parameters: Parameters<ScanCommandInput>): Promise<Omit<ScanCommandOutput, '$metadata'>> {
    const { $metadata: _, ...answer } = await this.client.send(
      new ScanCommand({ TableName: this.name, ...parameters }),
    );
    return answer;
  }
}
