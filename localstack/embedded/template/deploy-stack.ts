// Creates the resources of a CDK app's stack in the local services.
import { ACCOUNT_ID } from '../account.ts';
import type { FunctionSettings } from '../lambda/function-settings.ts';
import type { Queue, Sqs } from '../sqs/sqs.ts';
import { readAssemblyStack } from './cloud-assembly.ts';
import { IntrinsicResolver } from './intrinsics.ts';
import { createStableId } from './physical-names.ts';
import { planStack } from './plan-stack.ts';
import type { CreatedParts, EventSource, ResourceResult, Table } from './resource-types/resource-type.ts';
import { buildRestApis } from './resource-types/rest-api-parts.ts';
import type { DeployedRestApi } from './resource-types/rest-api-parts.ts';
import { buildWebSocketApis } from './resource-types/websocket-api-parts.ts';
import type { DeployedWebSocketApi } from './resource-types/websocket-api-parts.ts';

export interface DeployStackOptions {
  /** The folder that the CDK app was synthesized into; it must hold one stack. */
  assemblyFolder: string;
  region: string;
  dynamoDbEndpoint: string;
  sqs: Pick<Sqs, 'createQueue'>;
}

export interface DeployedResource {
  logicalId: string;
  type: string;
  physicalId: string;
}

/** What a stack has become: tables and queues are there; functions, event sources and APIs are for the caller to start. */
export interface DeployedStack {
  stackName: string;
  stackId: string;
  outputs: Record<string, string>;
  resources: DeployedResource[];
  tables: Table[];
  queues: Queue[];
  functions: FunctionSettings[];
  restApis: DeployedRestApi[];
  webSocketApis: DeployedWebSocketApi[];
  /** The enabled ones. */
  eventSources: EventSource[];
}

/**
 * Deploys the stack of a cloud assembly. Tables and queues of an earlier run are kept with their contents.
 *
 * Rejects with an UnsupportedTemplateError before anything is created if the template needs what is not emulated, with
 * a TemplateError if it is wrong, and with an Error if a kept table has other keys.
 */
export async function deployStack(options: DeployStackOptions): Promise<DeployedStack> {
  const { assemblyFolder, region, dynamoDbEndpoint, sqs } = options;
  const { stackName, template, findAssetFolder } = await readAssemblyStack(assemblyFolder);
  const stackId = `arn:aws:cloudformation:${region}:${ACCOUNT_ID}:stack/${stackName}/${createStableId(stackName, 12)}`;
  const pseudoParameters = {
    'AWS::AccountId': ACCOUNT_ID,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': stackId,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const plan = planStack(stackName, template, pseudoParameters);

  const results = new Map<string, ResourceResult>();
  const resolver = new IntrinsicResolver({
    template,
    pseudoParameters,
    references: {
      findRef: (logicalId) => results.get(logicalId)?.ref,
      findAttribute: (logicalId, attribute) => results.get(logicalId)?.attributes[attribute],
    },
  });
  const created: CreatedParts = {
    tables: [],
    queues: [],
    functions: [],
    eventSources: [],
    restApis: new Map(),
    webSocketApis: new Map(),
  };
  const environment = { stackName, region, accountId: ACCOUNT_ID, dynamoDbEndpoint, sqs, findAssetFolder, created };
  for (const { logicalId, type, properties, path } of plan) {
    const result = await type.create(resolver.resolve(properties, path), { logicalId, ...environment });
    results.set(logicalId, result);
  }
  const { tables, queues, functions, eventSources, restApis, webSocketApis } = created;
  return {
    stackName,
    stackId,
    outputs: resolveOutputs(template.Outputs ?? {}, resolver),
    resources: plan.map(({ logicalId, typeName }) => ({
      logicalId,
      type: typeName,
      physicalId: results.get(logicalId)?.ref ?? logicalId,
    })),
    tables,
    queues,
    functions,
    eventSources,
    restApis: buildRestApis(restApis, { accountId: ACCOUNT_ID, region }),
    webSocketApis: buildWebSocketApis(webSocketApis, region),
  };
}

function resolveOutputs(
  outputs: Record<string, { Value: unknown; Condition?: string }>,
  resolver: IntrinsicResolver,
): Record<string, string> {
  const resolved: Record<string, string> = {};
  for (const [name, { Value, Condition }] of Object.entries(outputs)) {
    if (Condition !== undefined && !resolver.isConditionTrue(Condition, `Outputs.${name}.Condition`)) continue;
    resolved[name] = String(resolver.resolve(Value, `Outputs.${name}.Value`));
  }
  return resolved;
}
