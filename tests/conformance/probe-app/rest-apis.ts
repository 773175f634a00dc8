/** REST APIs: one that passes everything to a function, and others with binary types, routes and gateway responses. */
import type { Stack } from 'aws-cdk-lib';
import { EndpointType, LambdaIntegration, ResponseType, RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { RestApiProps } from 'aws-cdk-lib/aws-apigateway';
import { addOutput } from './add-output.ts';
import { addFunction } from './probe-function.ts';

export function addRestApis(stack: Stack): void {
  const echo = new LambdaIntegration(addFunction(stack, 'echo', 'echo.handler'));
  const answer = new LambdaIntegration(addFunction(stack, 'answers', 'answers.handler'));

  const all = addApi(stack, 'Api', { deployOptions: { variables: { color: 'blue', size: '4' } } });
  all.root.addMethod('ANY', echo);
  all.root.addResource('{proxy+}').addMethod('ANY', echo);
  all.root.addResource('answers').addMethod('ANY', answer);

  const binary = addApi(stack, 'BinaryApi', { binaryMediaTypes: ['image/png', 'application/octet-stream'] });
  binary.root.addResource('echo').addMethod('ANY', echo);
  binary.root.addResource('answers').addMethod('ANY', answer);

  const routes = addApi(stack, 'RoutesApi');
  const items = routes.root.addResource('items');
  items.addMethod('GET', echo);
  const item = items.addResource('{id}');
  item.addMethod('GET', echo);
  item.addResource('parts').addResource('{part+}').addMethod('ANY', echo);
  items.addResource('new').addMethod('GET', echo);

  const customized = addApi(stack, 'CustomizedApi', {
    defaultCorsPreflightOptions: {
      allowOrigins: ['https://example.com'],
      allowHeaders: ['X-One'],
      allowMethods: ['GET'],
    },
  });
  customized.root.addResource('answers').addMethod('ANY', answer);
  customized.addGatewayResponse('NotFound', {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    statusCode: '404',
    responseHeaders: { 'X-Reason': "'none'" },
    templates: { 'application/json': '{"error":$context.error.messageString,"type":"$context.error.responseType"}' },
  });
  customized.addGatewayResponse('ServerErrors', {
    type: ResponseType.DEFAULT_5XX,
    responseHeaders: { 'Access-Control-Allow-Origin': "'*'" },
  });
}

function addApi(stack: Stack, name: string, props: RestApiProps = {}): RestApi {
  const api = new RestApi(stack, name, { cloudWatchRole: false, endpointTypes: [EndpointType.REGIONAL], ...props });
  addOutput(stack, `${name}Id`, api.restApiId);
  return api;
}
