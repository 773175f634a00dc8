/** A conformance case: the same calls to every engine, and what AWS documents that comes of them. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Differences, EngineName } from '../support/known-differences.ts';

/** An engine on which the probe app is deployed (except DynamoDB Local, which has tables only). */
export interface Engine {
  readonly name: EngineName;
  readonly endpoint: string;
  readonly dynamoDb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly lambda: LambdaClient;
  /** Outputs of the probe app's stack. */
  readonly outputs: Readonly<Record<string, string>>;
  /** URL of the probe app's REST API with its stage, without a slash at its end. */
  readonly apiUrl: string;
}

export interface ConformanceCase {
  /** The behaviour, as a sentence. */
  readonly name: string;
  /** Title of the AWS page that documents it. */
  readonly source: string;
  /** Makes the calls and returns what is seen, without what differs from run to run (ids, times). */
  readonly observe: (engine: Engine) => Promise<unknown>;
  /** What is seen on AWS; may hold `expect.any(String)` and the like. */
  readonly documented: unknown;
  /** Engines on which something else is seen. */
  readonly differences?: Differences;
}
