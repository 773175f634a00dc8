/** WebSocket APIs: one with all routes, and one without those that are optional. */
import type { Stack } from 'aws-cdk-lib';
import { Duration } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import type { WebSocketApiProps } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { addOutput } from './add-output.ts';
import { addNotingFunction } from './notes.ts';

/** @param notes where the function notes the events */
export function addWebSocketApis(stack: Stack, notes: Table): void {
  const sockets = addNotingFunction(notes, 'Sockets', 'note-socket-events.mjs', { timeout: Duration.seconds(10) });
  // One for each route, as each has a permission of its own.
  const integrate = (route: string) => ({
    integration: new WebSocketLambdaIntegration(`${route}Integration`, sockets),
  });

  const all = addApi(stack, 'SocketApi', {
    connectRouteOptions: integrate('Connect'),
    disconnectRouteOptions: integrate('Disconnect'),
    defaultRouteOptions: integrate('Default'),
  });
  all.addRoute('note', integrate('Note'));
  const returnResponse = stack.node.tryGetContext('routeResponses') !== 'off';
  all.addRoute('reply', { ...integrate('Reply'), returnResponse });

  const bare = addApi(stack, 'BareSocketApi', { routeSelectionExpression: '$request.body.message.kind' });
  bare.addRoute('note', integrate('BareNote'));
}

function addApi(stack: Stack, name: string, props: WebSocketApiProps): WebSocketApi {
  const api = new WebSocketApi(stack, name, props);
  const stage = new WebSocketStage(stack, `${name}Stage`, { webSocketApi: api, stageName: 'prod', autoDeploy: true });
  addOutput(stack, `${name}Path`, `${api.apiId}/${stage.stageName}`);
  return api;
}
