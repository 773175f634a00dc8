/** One request and what is known about it until its answer has been sent. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayError } from './gateway-errors.ts';
import { createRequestIds } from './request-ids.ts';
import type { RequestIds } from './request-ids.ts';
import type { MethodDefinition, RestApiDefinition } from './rest-api-definition.ts';

/** Where the request stands inside the stage. */
export interface RequestTarget {
  /** The path inside the stage: raw, with a leading slash, without the query string. */
  readonly path: string;
  /** What requestContext.path shows before it: `/prod`, or an empty string under a custom domain. */
  readonly prefix: string;
}

export interface Exchange extends RequestIds {
  readonly definition: RestApiDefinition;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly target: RequestTarget;
  readonly sourceIp: string;
  readonly receivedAtEpochMs: number;
  method: MethodDefinition | undefined;
  error: GatewayError | undefined;
  /** Why the integration failed; it never holds anything of the payload. */
  integrationErrorMessage: string | undefined;
  integrationLatencyMs: number | undefined;
}

export function createExchange(
  definition: RestApiDefinition,
  req: IncomingMessage,
  res: ServerResponse,
  target: RequestTarget,
): Exchange {
  const receivedAtEpochMs = Date.now();
  const ids = createRequestIds(receivedAtEpochMs);
  return {
    definition,
    req,
    res,
    target,
    sourceIp: req.socket.remoteAddress ?? '',
    requestId: ids.requestId,
    extendedRequestId: ids.extendedRequestId,
    traceRoot: findTraceRoot(req) ?? ids.traceRoot,
    receivedAtEpochMs,
    method: undefined,
    error: undefined,
    integrationErrorMessage: undefined,
    integrationLatencyMs: undefined,
  };
}

/** A client that already traces keeps its trace ("AWS X-Ray concepts", tracing header). */
export function findTraceRoot(req: IncomingMessage): string | undefined {
  const header = req.headers['x-amzn-trace-id'];
  return typeof header === 'string' ? /Root=1-[\da-f]{8}-[\da-f]{24}/i.exec(header)?.[0] : undefined;
}
