/** Starts REST APIs on real listening servers for the behaviour tests. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { listen } from '../listen.ts';
import { createRestApi } from '../rest-api.ts';
import type { RestApiOptions } from '../rest-api.ts';
import type { FunctionInvoker, MethodDefinition, RestApiDefinition } from '../rest-api-definition.ts';

export const FUNCTION_ARN = 'arn:aws:lambda:eu-central-1:000000000000:function:orders';

export type Handler = (event: APIGatewayProxyEvent) => unknown;

export interface RunningApi extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** The events that the function got. */
  readonly events: APIGatewayProxyEvent[];
}

/** A method with a Lambda proxy integration. */
export function proxyMethod(httpMethod: string, resourcePath: string, timeoutMs = 29_000): MethodDefinition {
  return {
    resourcePath,
    resourceId: `id-of-${resourcePath}`,
    httpMethod,
    authorizationType: 'NONE',
    apiKeyRequired: false,
    integration: { type: 'AWS_PROXY', functionArn: FUNCTION_ARN, timeoutMs },
  };
}

/** A definition with `ANY /orders` unless other methods are given. */
export function defineApi(overrides: Partial<RestApiDefinition> = {}): RestApiDefinition {
  return {
    restApiId: 'abc123',
    name: 'Orders',
    stageName: 'prod',
    deploymentId: 'dep1',
    accountId: '000000000000',
    region: 'eu-central-1',
    stageVariables: {},
    binaryMediaTypes: [],
    methods: [proxyMethod('ANY', '/orders')],
    methodSettings: [],
    gatewayResponses: [],
    ...overrides,
  };
}

/** Serves an API whose function is `handler`; what it returns is the function's payload. */
export async function startApi(
  definition: RestApiDefinition,
  handler: Handler = () => ({ statusCode: 200 }),
  options: RestApiOptions = {},
): Promise<RunningApi> {
  const events: APIGatewayProxyEvent[] = [];
  const invoker: FunctionInvoker = {
    async invoke(_functionArn, payload, { onStart }) {
      onStart();
      const event: APIGatewayProxyEvent = JSON.parse(payload);
      events.push(event);
      return { payload: JSON.stringify(await handler(event)) };
    },
  };
  return startApiWith(definition, invoker, options, events);
}

/** Serves an API with an invoker of its own. */
export async function startApiWith(
  definition: RestApiDefinition,
  invoker: FunctionInvoker,
  options: RestApiOptions = {},
  events: APIGatewayProxyEvent[] = [],
): Promise<RunningApi> {
  const api = createRestApi(definition, invoker, options);
  const server = await listen((req, res) => {
    const [path = ''] = (req.url ?? '').split('?');
    api.handle(req, res, { path, prefix: '/prod' });
  }, 0);
  const port = getPort(server);
  return { url: `http://127.0.0.1:${port}`, port, events, [Symbol.asyncDispose]: () => closeServer(server) };
}

export function getPort(server: Server): number {
  const address: string | AddressInfo | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port.');
  return address.port;
}

export async function closeServer(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

/** Sends bytes as they are and returns all that comes back until the server closes the connection. */
export async function exchangeRaw(port: number, request: string | Iterable<string | Buffer>): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('latin1');
  let received = '';
  socket.on('data', (text: string) => {
    received += text;
  });
  for (const part of typeof request === 'string' ? [request] : request) socket.write(part);
  await once(socket, 'close');
  return received;
}
