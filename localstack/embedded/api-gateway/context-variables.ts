/** The `$context` variables of a REST API's access logs and of gateway responses' templates. */
import { formatClfTime } from './clf-time.ts';
import { compileTemplate, escape, listVariables } from './context-template.ts';
import type { ContextGetters, RenderContext } from './context-template.ts';
import type { Exchange } from './exchange.ts';

export interface ContextVariables {
  readonly exchange: Exchange;
  readonly statusCode: number;
  readonly responseLengthBytes: number;
}

export type RenderTemplate = RenderContext<ContextVariables>;

const VARIABLES: ContextGetters<ContextVariables> = {
  accountId: ({ exchange }) => exchange.definition.accountId,
  apiId: ({ exchange }) => exchange.definition.restApiId,
  'error.message': ({ exchange }) => exchange.error?.message,
  'error.messageString': ({ exchange }) => exchange.error && JSON.stringify(exchange.error.message),
  'error.responseType': ({ exchange }) => exchange.error?.responseType,
  extendedRequestId: ({ exchange }) => exchange.extendedRequestId,
  httpMethod: ({ exchange }) => exchange.req.method,
  'identity.sourceIp': ({ exchange }) => exchange.sourceIp,
  'identity.userAgent': ({ exchange }) => escape(exchange.req.headers['user-agent']),
  integrationErrorMessage: ({ exchange }) => escape(exchange.integrationErrorMessage),
  integrationLatency: ({ exchange }) => exchange.integrationLatencyMs,
  path: ({ exchange }) => escape(exchange.target.prefix + exchange.target.path),
  protocol: ({ exchange }) => `HTTP/${exchange.req.httpVersion}`,
  requestId: ({ exchange }) => exchange.requestId,
  requestTime: ({ exchange }) => formatClfTime(exchange.receivedAtEpochMs),
  requestTimeEpoch: ({ exchange }) => exchange.receivedAtEpochMs,
  resourceId: ({ exchange }) => exchange.method?.resourceId,
  resourcePath: ({ exchange }) => exchange.method?.resourcePath,
  responseLatency: ({ exchange }) => Date.now() - exchange.receivedAtEpochMs,
  responseLength: ({ responseLengthBytes }) => responseLengthBytes,
  stage: ({ exchange }) => exchange.definition.stageName,
  status: ({ statusCode }) => statusCode,
  xrayTraceId: ({ exchange }) => exchange.traceRoot.slice('Root='.length),
};

/** Compiles a text with these variables. */
export function compileContextTemplate(template: string): RenderTemplate {
  return compileTemplate(template, VARIABLES);
}

/** The first variable of a template that {@link compileContextTemplate} has no value for. */
export function findUnknownVariable(template: string): string | undefined {
  return listVariables(template).find((name) => !Object.hasOwn(VARIABLES, name));
}
