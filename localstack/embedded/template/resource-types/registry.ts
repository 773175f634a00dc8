// All resource types of the engine, by their CloudFormation names.
import { apiMethod } from './api-gateway-methods.ts';
import { apiDeployment, apiResource, apiStage, gatewayResponse, restApi } from './api-gateway-rest-apis.ts';
import { dynamoDbGlobalTable, dynamoDbTable } from './dynamodb-tables.ts';
import { lambdaEventSourceMapping } from './lambda-event-source-mappings.ts';
import { lambdaAlias, lambdaFunction, lambdaVersion } from './lambda-functions.ts';
import type { ResourceType } from './resource-type.ts';
import { sqsQueue } from './sqs-queues.ts';
import { defineTypeWithoutEffect, TYPES_WITHOUT_EFFECT } from './types-without-effect.ts';
import {
  webSocketApi,
  webSocketDeployment,
  webSocketIntegration,
  webSocketRoute,
  webSocketRouteResponse,
  webSocketStage,
} from './websocket-apis.ts';

const RESOURCE_TYPES = new Map<string, ResourceType>([
  ['AWS::ApiGateway::Deployment', apiDeployment],
  ['AWS::ApiGateway::GatewayResponse', gatewayResponse],
  ['AWS::ApiGateway::Method', apiMethod],
  ['AWS::ApiGateway::Resource', apiResource],
  ['AWS::ApiGateway::RestApi', restApi],
  ['AWS::ApiGateway::Stage', apiStage],
  ['AWS::ApiGatewayV2::Api', webSocketApi],
  ['AWS::ApiGatewayV2::Deployment', webSocketDeployment],
  ['AWS::ApiGatewayV2::Integration', webSocketIntegration],
  ['AWS::ApiGatewayV2::Route', webSocketRoute],
  ['AWS::ApiGatewayV2::RouteResponse', webSocketRouteResponse],
  ['AWS::ApiGatewayV2::Stage', webSocketStage],
  ['AWS::DynamoDB::GlobalTable', dynamoDbGlobalTable],
  ['AWS::DynamoDB::Table', dynamoDbTable],
  ['AWS::Lambda::Alias', lambdaAlias],
  ['AWS::Lambda::EventSourceMapping', lambdaEventSourceMapping],
  ['AWS::Lambda::Function', lambdaFunction],
  ['AWS::Lambda::Version', lambdaVersion],
  ['AWS::SQS::Queue', sqsQueue],
  ...Object.entries(TYPES_WITHOUT_EFFECT).map(([name, type]) => [name, defineTypeWithoutEffect(type)] as const),
]);

/** The resource type of that name, undefined if the engine does not emulate it. */
export function findResourceType(name: string): ResourceType | undefined {
  return RESOURCE_TYPES.get(name);
}
