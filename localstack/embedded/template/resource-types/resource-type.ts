// What a resource type of the engine is: which properties it knows, and how it creates a resource.
import type { z } from 'zod';
import type { FunctionSettings } from '../../lambda/function-settings.ts';
import type { Queue, Sqs } from '../../sqs/sqs.ts';
import type { RestApiParts } from './rest-api-parts.ts';
import type { WebSocketApiParts } from './websocket-api-parts.ts';

/** What the rest of the template sees of a created resource. */
export interface ResourceResult {
  /** The value of `Ref`. */
  ref: string;
  /** The values of `Fn::GetAtt`, by attribute. */
  attributes: Readonly<Record<string, string>>;
}

export interface Table {
  name: string;
  arn: string;
}

/** An enabled event source mapping of an SQS queue. */
export interface EventSource {
  queueUrl: string;
  queueArn: string;
  /** Name or ARN, as the template has it. */
  functionName: string;
  batchSize: number;
  maximumBatchingWindowSeconds: number;
  /** Undefined where the template sets none. */
  maximumConcurrency: number | undefined;
  reportBatchItemFailures: boolean;
}

/** What the resources of a stack have become, filled in as they are created. */
export interface CreatedParts {
  tables: Table[];
  queues: Queue[];
  functions: FunctionSettings[];
  eventSources: EventSource[];
  /** By REST API id. */
  restApis: Map<string, RestApiParts>;
  /** By API id. */
  webSocketApis: Map<string, WebSocketApiParts>;
}

/** Where a resource is created. */
export interface ResourceContext {
  logicalId: string;
  stackName: string;
  region: string;
  accountId: string;
  dynamoDbEndpoint: string;
  sqs: Pick<Sqs, 'createQueue'>;
  /** The folder of a CDK asset; throws if the S3 key is none. */
  findAssetFolder: (s3Key: string) => string;
  created: CreatedParts;
}

/** A property that is wrong or not emulated. */
export interface PropertyProblem {
  property: string;
  reason: string;
}

export interface ResourceType {
  /** All that the engine cannot do of these resolved properties, in which references may be placeholder texts. */
  findProblems(properties: unknown): PropertyProblem[];
  /** Creates the resource, or keeps it if it is there already. */
  create(properties: unknown, context: ResourceContext): Promise<ResourceResult>;
}

/** Makes a resource type of a schema of all properties it knows; any other property is a problem. */
export function defineResourceType<Schema extends z.ZodType>(
  schema: Schema,
  create: (properties: z.output<Schema>, context: ResourceContext) => ResourceResult | Promise<ResourceResult>,
): ResourceType {
  return {
    findProblems: (properties) => {
      const { error } = schema.safeParse(properties);
      return error?.issues.flatMap(describeIssue) ?? [];
    },
    create: async (properties, context) => create(schema.parse(properties), context),
  };
}

function describeIssue(issue: z.core.$ZodIssue): PropertyProblem[] {
  if (issue.code !== 'unrecognized_keys') return [{ property: issue.path.join('.'), reason: issue.message }];
  return issue.keys.map((key) => ({
    property: [...issue.path, key].join('.'),
    reason: 'the local engine does not know this property',
  }));
}
