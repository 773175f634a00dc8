// The one address under which the AWS CLI and SDKs reach all services of the engine.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '../api-gateway/listen.ts';
import { parseLocalPath } from '../api-gateway/local-path.ts';
import type { LocalPath } from '../api-gateway/local-path.ts';
import { refuseForeignRequest } from '../api-gateway/loopback-guard.ts';
import type { RestApiDefinition } from '../api-gateway/rest-api-definition.ts';
import type { RestApi } from '../api-gateway/rest-api.ts';
import { closeServer, urlOf } from '../close-server.ts';
import { handleLambdaRequest } from '../lambda/lambda-api.ts';
import type { LambdaService } from '../lambda/lambda-service.ts';
import { answerConnectionsRequest } from '../websocket-api/connections-api.ts';
import type { WebSocketStages } from '../websocket-api/connections-api.ts';
import { parseStagePath } from '../websocket-api/stage-paths.ts';
import { listenForWebSockets } from '../websocket-api/upgrades.ts';
import { sendJson } from './answers.ts';
import type { DescribedStack } from './cloudformation.ts';
import { answerQuery, QUERY_ACTIONS } from './query-api.ts';
import { readBody } from './read-body.ts';
import { createStoreProxy } from './store-proxy.ts';

const SERVED =
  'It serves DynamoDB, SQS (JSON protocol), Lambda (/2015-03-31/functions/...), REST APIs ' +
  '(/restapis/{id}/{stage}/_user_request_/... and /_aws/execute-api/{id}/{stage}/...), WebSocket APIs ' +
  '(/_aws/execute-api/{id}/{stage}, and .../@connections/{connection}), GetRestApis of API Gateway, ' +
  `${QUERY_ACTIONS}, and /_localstack/health.`;
const LIST_REST_APIS = /^\/restapis(?:\?|$)/;

export interface AwsEndpointOptions {
  /** Port on 127.0.0.1; 4566 by default, 0 for any free one. */
  port?: number;
  dynamoDbEndpoint: string;
  sqsEndpoint: string;
  lambda: LambdaService;
  restApis: readonly {
    definition: Pick<RestApiDefinition, 'restApiId' | 'name' | 'stageName' | 'binaryMediaTypes'>;
    api: RestApi;
  }[];
  webSocketStages: WebSocketStages;
  /** Gives what CloudFormation's actions describe. */
  describeStack: () => DescribedStack;
}

export interface AwsEndpoint {
  url: string;
  /** Takes no more requests and gives those under way a second. */
  stop(): Promise<void>;
}

/** Starts the endpoint. Rejects if the port is taken. */
export async function startAwsEndpoint(options: AwsEndpointOptions): Promise<AwsEndpoint> {
  const { port = 4566, dynamoDbEndpoint, sqsEndpoint, lambda, restApis, webSocketStages, describeStack } = options;
  const dynamoDb = createStoreProxy('DynamoDB', dynamoDbEndpoint);
  const sqs = createStoreProxy('SQS', sqsEndpoint);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '/' } = request;
    const target = String(request.headers['x-amz-target'] ?? '');
    const localPath = parseLocalPath(url);
    if (localPath !== undefined) return answerRestApi(localPath, request, response);
    if (target.startsWith('DynamoDB_20120810.')) return dynamoDb.forward(request, response);
    if (target.startsWith('AmazonSQS.')) return sqs.forward(request, response);
    if (url.startsWith('/2015-03-31/functions')) return answerLambda(request, response);
    if (method === 'GET' && LIST_REST_APIS.test(url)) return answerRestApiList(response);
    if (url === '/_localstack/health') return answerHealth(response);
    const contentType = request.headers['content-type'] ?? '';
    if (method === 'POST' && contentType.startsWith('application/x-www-form-urlencoded')) {
      const body = await readBody(request, response);
      if (body !== undefined) answerQuery(new URLSearchParams(body.toString()), describeStack(), response);
      return;
    }
    const asked = target === '' ? `${method} ${url.replace(/\?.*/, '')}` : target;
    sendJson(response, 501, {
      __type: 'NotImplementedException',
      message: `The local engine has no ${asked}. ${SERVED}`,
    });
  };

  const answerRestApi = (localPath: LocalPath, request: IncomingMessage, response: ServerResponse): void => {
    const { restApiId, stage, path } = localPath;
    const found = restApis.find(
      ({ definition }) => definition.restApiId === restApiId && definition.stageName === stage,
    );
    if (found !== undefined) found.api.handle(request, response, { path, prefix: `/${stage}` });
    else sendJson(response, 404, { message: `There is no REST API ${restApiId} with a stage ${stage}.` });
  };

  const answerRestApiList = (response: ServerResponse): void => {
    const item = restApis.map(({ definition: { restApiId, name, binaryMediaTypes } }) => ({
      id: restApiId,
      name,
      binaryMediaTypes,
    }));
    sendJson(response, 200, { item });
  };

  const answerLambda = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request, response);
    if (body === undefined) return;
    const { method = '', url: path = '', headers } = request;
    const answered = await handleLambdaRequest(lambda, { method, path, headers, body });
    response.writeHead(answered.status, answered.headers).end(answered.body);
  };

  const answerHealth = async (response: ServerResponse): Promise<void> => {
    const [dynamodb, queues] = await Promise.all([dynamoDb.answers('/'), sqs.answers('/health')]);
    sendJson(response, 200, {
      services: {
        apigateway: 'running',
        cloudformation: 'running',
        dynamodb: dynamodb ? 'running' : 'error',
        lambda: 'running',
        sqs: queues ? 'running' : 'error',
        sts: 'running',
      },
    });
  };

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    if (refuseForeignRequest(request, response)) return;
    if (answerConnectionsRequest(webSocketStages, request, response)) return;
    answer(request, response).catch((error: unknown) => {
      // The client has gone.
      if (response.destroyed) return;
      console.error(`The AWS endpoint failed at ${request.method} ${request.url?.replace(/\?.*/, '')}:`, error);
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { __type: 'InternalFailure', message: 'The local engine failed; see its log.' });
    });
  };

  const upgrades = listenForWebSockets((url) => webSocketStages.get(parseStagePath(url) ?? ''));
  const server = await listen(handle, port, upgrades);
  return {
    url: urlOf(server),
    stop: async () => {
      await closeServer(server);
      await Promise.all([dynamoDb.stop(), sqs.stop()]);
    },
  };
}
