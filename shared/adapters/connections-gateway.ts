/**
 * API Gateway's management of WebSocket connections, `@connections`, said directly: for every message there are as many
 * calls as members, and most of an SDK's call is the SDK's.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SocketUnreachableError } from '../domain/errors.ts';
import type { SocketGateway } from '../domain/sockets.ts';
import { createSigner } from './create-signer.ts';
import { type Answer, openConnections } from './http-connections.ts';

/** What is told late is as good as not told: a client notices by the numbers, and asks. */
const TIMEOUT_MS = 1_000;
const GONE = 410;

/** Where calls are signed for, and by whom: any client's of the SDK. */
type Identity = Pick<DynamoDBClient['config'], 'region' | 'credentials'>;

export class ConnectionsGateway implements SocketGateway {
  readonly #identity: Identity;
  readonly #url: URL;
  readonly #sign = createSigner();
  readonly #ask = openConnections('API Gateway', TIMEOUT_MS);

  /** @param callbackUrl `https://<API>.execute-api.<region>.amazonaws.com/<stage>` */
  constructor(identity: Identity, callbackUrl: string) {
    this.#identity = identity;
    this.#url = new URL(localize(callbackUrl));
  }

  async post(socketId: string, text: string): Promise<boolean> {
    const { statusCode } = await this.#call('POST', socketId, text);
    return statusCode !== GONE;
  }

  async close(socketId: string): Promise<void> {
    await this.#call('DELETE', socketId, '');
  }

  async #call(method: 'POST' | 'DELETE', socketId: string, body: string): Promise<Answer> {
    const { host, pathname } = this.#url;
    const path = `${pathname}/@connections/${encodeURIComponent(socketId)}`;
    const [region, credentials] = await Promise.all([this.#identity.region(), this.#identity.credentials()]);
    const unsigned = { service: 'execute-api', region, host, method, path, headers: {}, body };
    const headers = this.#sign(unsigned, credentials);
    const answer = await this.#ask(this.#url, { method, path, headers, body }).catch((cause: unknown) => {
      throw new SocketUnreachableError('API Gateway did not answer', { cause });
    });
    const { statusCode } = answer;
    if (statusCode >= 300 && statusCode !== GONE)
      throw new SocketUnreachableError(`API Gateway answered a ${method} of a connection with ${statusCode}`);
    return answer;
  }
}

/** Emulators answer under one address for all APIs, which the SDK's own variables name. */
function localize(callbackUrl: string): string {
  const endpoint = process.env['AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI'] ?? process.env['AWS_ENDPOINT_URL'];
  if (endpoint === undefined) return callbackUrl;
  const { hostname, pathname } = new URL(callbackUrl);
  const [apiId = ''] = hostname.split('.');
  return `${endpoint}/_aws/execute-api/${apiId}${pathname}`;
}
