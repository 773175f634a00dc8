// Gathers the resources of a WebSocket API and makes the definition of each of its stages of them.
import type { LambdaProxyIntegration, ThrottleSetting } from '../../api-gateway/rest-api-definition.ts';
import type { WebSocketApiDefinition } from '../../websocket-api/websocket-api-definition.ts';
import type { DeployedAccessLog } from './access-logs.ts';

/** One deployed stage of a WebSocket API. */
export interface DeployedWebSocketApi {
  definition: WebSocketApiDefinition;
  /** The stage's access log, if it has one. */
  accessLog: DeployedAccessLog | undefined;
}

export interface WebSocketStage {
  stageName: string;
  variables: Record<string, string>;
  defaultThrottle: ThrottleSetting;
  routeThrottles: Record<string, ThrottleSetting>;
  accessLog: DeployedAccessLog | undefined;
}

export interface WebSocketRoute {
  routeKey: string;
  integrationId: string;
}

/** The parts of one WebSocket API, as they are created. */
export interface WebSocketApiParts {
  name: string;
  routeSelectionExpression: string;
  /** By integration id. */
  integrations: Map<string, LambdaProxyIntegration>;
  /** By route id. */
  routes: Map<string, WebSocketRoute>;
  /** Ids of the routes that have one. */
  routeResponses: Set<string>;
  stages: WebSocketStage[];
}

/** One definition for each stage; on AWS a stage shows what was deployed, here always all of the template. */
export function buildWebSocketApis(parts: Map<string, WebSocketApiParts>, region: string): DeployedWebSocketApi[] {
  return [...parts].flatMap(
    ([apiId, { name, routeSelectionExpression, integrations, routes, routeResponses, stages }]) =>
      stages.map(({ stageName, variables, defaultThrottle, routeThrottles, accessLog }) => ({
        definition: {
          apiId,
          name,
          stageName,
          region,
          stageVariables: variables,
          routeSelectionExpression,
          routes: [...routes].map(([routeId, { routeKey, integrationId }]) => ({
            routeKey,
            integration: findIntegration(integrations, integrationId, routeKey),
            hasRouteResponse: routeResponses.has(routeId),
          })),
          defaultThrottle,
          routeThrottles,
        },
        accessLog,
      })),
  );
}

function findIntegration(
  integrations: ReadonlyMap<string, LambdaProxyIntegration>,
  integrationId: string,
  routeKey: string,
): LambdaProxyIntegration {
  const integration = integrations.get(integrationId);
  if (integration === undefined)
    throw new Error(`The route ${routeKey} has the integration ${integrationId}, which is not of its API`);
  return integration;
}
