/**
 * The JSON protocol of AWS's services, said directly. The SDK's own layers (schemas, endpoint rules, signer, retries,
 * telemetry) take two thirds of a call's processor time; of them this keeps the credentials and the endpoint.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Credentials } from 'aws4';
import { createSigner } from './create-signer.ts';
import { openConnections } from './http-connections.ts';

export interface JsonService {
  /** In errors. */
  readonly name: string;
  /** In signatures. */
  readonly signingName: string;
  /** What stands before an operation's name in `X-Amz-Target`. */
  readonly target: string;
  /** Names the service's endpoint in the environment, before AWS_ENDPOINT_URL. */
  readonly endpointVariable: string;
  /** What is raised for an answer whose status is not 200. */
  readonly readError: (statusCode: number, text: string) => Error;
  /** Whether the same request may succeed a moment after this error, which `readError` has made or the network. */
  readonly isTemporary: (error: unknown) => boolean;
}

/** The configuration of one of the SDK's clients, as far as it is kept. */
export interface ClientConfig {
  region(): Promise<string>;
  credentials(): Promise<Credentials>;
  readonly endpoint?: (() => Promise<{ protocol: string; hostname: string; port?: number }>) | undefined;
  endpointProvider(parameters: { Region: string; Endpoint?: string }): { url: URL };
}

export interface WireOptions {
  /** How long a connection may be silent before a request counts as failed. */
  readonly timeoutMs: number;
  /** How often a request is sent at most; faults of the network and the service are worth another attempt. */
  readonly maxAttempts: number;
}

/** As the SDK's middleware hands it on. */
interface JsonAnswer<Output> {
  readonly output: Output;
  readonly response: undefined;
}

const CONTENT_TYPE = 'application/x-amz-json-1.0';
const RETRY_PAUSE_MS = 50;

/**
 * @returns what sends a command (`GetItemCommand`): its input must be JSON, so no binary values. It raises what
 *   `readError` makes, or without an answer the network's own error
 */
export function openJsonWire(
  config: ClientConfig,
  service: JsonService,
  { timeoutMs, maxAttempts }: WireOptions,
): <Output extends object>(commandName: string, input: object) => Promise<JsonAnswer<Output>> {
  const sign = createSigner();
  const ask = openConnections(service.name, timeoutMs);
  let destination: Promise<{ url: URL; region: string }> | undefined;

  const findDestination = async (): Promise<{ url: URL; region: string }> => {
    const region = await config.region();
    const set = await config.endpoint?.();
    const endpoint = set
      ? `${set.protocol}//${set.hostname}${set.port === undefined ? '' : `:${set.port}`}`
      : (process.env[service.endpointVariable] ?? process.env['AWS_ENDPOINT_URL']);
    const { url } = config.endpointProvider({ Region: region, ...(endpoint !== undefined && { Endpoint: endpoint }) });
    return { url, region };
  };

  const sendOnce = async <Output extends object>(operation: string, body: string): Promise<JsonAnswer<Output>> => {
    const { url, region } = await (destination ??= findDestination());
    const request = { method: 'POST', path: '/', body } as const;
    const headers = { 'Content-Type': CONTENT_TYPE, 'X-Amz-Target': `${service.target}.${operation}` };
    const unsigned = { service: service.signingName, region, host: url.host, ...request, headers };
    const signed = sign(unsigned, await config.credentials());
    const { statusCode, text } = await ask(url, { ...request, headers: signed });
    if (statusCode !== 200) throw service.readError(statusCode, text);
    const output: Output = JSON.parse(text);
    return { output: Object.assign(output, { $metadata: { httpStatusCode: statusCode } }), response: undefined };
  };

  return async <Output extends object>(commandName: string, input: object) => {
    const operation = commandName.replace(/Command$/, '');
    const body = JSON.stringify(input);
    for (let attempt = 1; ; attempt++) {
      try {
        return await sendOnce<Output>(operation, body);
      } catch (error) {
        if (attempt === maxAttempts || !service.isTemporary(error)) throw error;
        await sleep(Math.random() * RETRY_PAUSE_MS);
      }
    }
  };
}

export interface ErrorBody {
  /** `ThrottlingException`; without one, the answer comes from something in between. */
  readonly name: string;
  readonly message: string | undefined;
  /** All that it says. */
  readonly body: object;
}

export function readErrorBody(text: string): ErrorBody {
  const body = parseObject(text);
  const { __type = '', message, Message }: { __type?: string; message?: string; Message?: string } = body;
  return { name: __type.slice(__type.lastIndexOf('#') + 1) || 'UnknownError', message: message ?? Message, body };
}

function parseObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
