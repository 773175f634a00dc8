// A stack in local services that last as long as a test file, for tests.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynamoDb } from '../dynamodb/dynamodb.ts';
import type { DynamoDb } from '../dynamodb/dynamodb.ts';
import { startSqs } from '../sqs/sqs.ts';
import type { Sqs } from '../sqs/sqs.ts';
import type { ResourceDeclaration } from './cloud-assembly.ts';
import { deployStack } from './deploy-stack.ts';
import type { DeployedStack } from './deploy-stack.ts';

export type Resources = Record<string, ResourceDeclaration>;

/** Real services, and a cloud assembly with one asset, `abc.zip`, that every deployment writes anew. */
export class TemporaryDeployment {
  readonly dynamoDb: DynamoDb;
  readonly sqs: Sqs;
  readonly assemblyFolder: string;
  readonly #folder: string;

  private constructor(folder: string, dynamoDb: DynamoDb, sqs: Sqs) {
    this.#folder = folder;
    this.assemblyFolder = join(folder, 'assembly');
    this.dynamoDb = dynamoDb;
    this.sqs = sqs;
  }

  static async start(): Promise<TemporaryDeployment> {
    const folder = await mkdtemp(join(tmpdir(), 'deployment-'));
    const dynamoDb = await startDynamoDb({ dataFolder: join(folder, 'dynamodb') });
    const sqs = await startSqs({ dataFolder: join(folder, 'sqs') });
    return new TemporaryDeployment(folder, dynamoDb, sqs);
  }

  async stop(): Promise<void> {
    await Promise.all([this.dynamoDb.stop(), this.sqs.stop()]);
    await rm(this.#folder, { recursive: true });
  }

  /** Deploys resources; each test takes a stack name of its own, so that none sees the tables of another. */
  async deploy(stackName: string, resources: Resources, rest: object = {}): Promise<DeployedStack> {
    const { assemblyFolder, dynamoDb, sqs } = this;
    const stack = { type: 'aws:cloudformation:stack', properties: { templateFile: 'template.json', stackName } };
    const asset = {
      source: { path: 'asset.abc', packaging: 'zip' },
      destinations: { current: { bucketName: 'assets', objectKey: 'abc.zip' } },
    };
    await mkdir(join(assemblyFolder, 'asset.abc'), { recursive: true });
    await writeFile(join(assemblyFolder, 'manifest.json'), JSON.stringify({ artifacts: { Stack: stack } }));
    await writeFile(join(assemblyFolder, 'Stack.assets.json'), JSON.stringify({ files: { abc: asset } }));
    await writeFile(join(assemblyFolder, 'template.json'), JSON.stringify({ Resources: resources, ...rest }));
    return deployStack({ assemblyFolder, region: 'us-east-1', dynamoDbEndpoint: dynamoDb.endpoint, sqs });
  }
}

/** The properties of a table with these attributes, by their types, of which some are the key. */
export function describeTable(attributes: Record<string, string>, keys: string[]): Record<string, unknown> {
  return {
    AttributeDefinitions: Object.entries(attributes).map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
    BillingMode: 'PAY_PER_REQUEST',
  };
}

/** A function that refers to `Queue`, `Role` and `Logs`. */
export const FUNCTION: ResourceDeclaration = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { S3Bucket: 'assets', S3Key: 'abc.zip' },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Environment: { Variables: { QUEUE_URL: { Ref: 'Queue' }, RETRIES: 3 } },
    LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: 'Logs' } },
  },
};
export const ROLE: ResourceDeclaration = { Type: 'AWS::IAM::Role', Properties: { Path: '/' } };
export const LOGS: ResourceDeclaration = { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 7 } };
export const QUEUE: ResourceDeclaration = { Type: 'AWS::SQS::Queue' };
