/** Makes the clients with which a case talks to an engine. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Engine } from './conformance-case.ts';
import type { EngineName } from '../support/known-differences.ts';

/** What can be handed from the setup to the tests. */
export interface EngineTarget {
  readonly name: EngineName;
  readonly endpoint: string;
  readonly outputs: Record<string, string>;
}

export function connectEngine({ name, endpoint, outputs }: EngineTarget): Engine {
  const options = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    // A case shows what the first answer is.
    maxAttempts: 1,
  };
  return {
    name,
    endpoint,
    outputs,
    apiUrl: `${endpoint}/_aws/execute-api/${outputs['ApiId']}/prod`,
    dynamoDb: new DynamoDBClient(options),
    // Without it the client goes to the host in a queue's URL.
    sqs: new SQSClient({ ...options, useQueueUrlAsEndpoint: false }),
    lambda: new LambdaClient(options),
  };
}
