/** What a test needs to look behind the API of a deployment: its AWS endpoint, functions and table. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { findFunction } from '../../tools/invoke/find-function.ts';
import { findTable } from '../../tools/verify/find-table.ts';

export class DeployedStack {
  readonly dynamoDb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly #lambda: LambdaClient;

  constructor(endpoint: string) {
    const options = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
    this.dynamoDb = new DynamoDBClient(options);
    // Without it the client goes to the host in a queue's URL.
    this.sqs = new SQSClient({ ...options, useQueueUrlAsEndpoint: false });
    this.#lambda = new LambdaClient(options);
  }

  findChatTable(): Promise<string> {
    return findTable(this.dynamoDb);
  }

  /** Invokes a function by the name of its folder, and parses what it returns. */
  async invoke(name: string, payload: string): Promise<{ result: unknown; functionError: string | undefined }> {
    const { Functions = [] } = await this.#lambda.send(new ListFunctionsCommand());
    const deployed = Functions.flatMap(({ FunctionName }) => FunctionName ?? []);
    const FunctionName = findFunction(name, deployed, []);
    const answer = await this.#lambda.send(new InvokeCommand({ FunctionName, Payload: payload }));
    return { result: JSON.parse(answer.Payload!.transformToString()), functionError: answer.FunctionError };
  }
}
