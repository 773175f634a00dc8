/** The `$context` variables of access logs and of gateway responses' templates. */
import { formatClfTime } from './clf-time.ts';
import type { Exchange } from './exchange.ts';

export interface ContextVariables {
  readonly exchange: Exchange;
  readonly statusCode: number;
  readonly responseLengthBytes: number;
}

type Value = string | number | undefined;
export type RenderTemplate = (variables: ContextVariables) => string;

const VARIABLES: Readonly<Record<string, (variables: ContextVariables) => Value>> = {
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

const VARIABLE = /\$context\.([a-zA-Z]+(?:\.[a-zA-Z]+)*)/;

/**
 * Compiles a text with `$context` variables. A variable without a value, and one that is not known, becomes `-` as
 * in AWS access logs ("Variables for access logging for API Gateway").
 */
export function compileContextTemplate(template: string): RenderTemplate {
  const parts = template.split(VARIABLE);
  const getters = parts.map((part, index) => (index % 2 === 0 ? () => part : (VARIABLES[part] ?? (() => undefined))));
  return (variables) => {
    let text = '';
    for (const getValue of getters) text += getValue(variables) ?? '-';
    return text;
  };
}

/** The first variable of a template that {@link compileContextTemplate} has no value for. */
export function findUnknownVariable(template: string): string | undefined {
  const names = template.split(VARIABLE).filter((_part, index) => index % 2 === 1);
  return names.find((name) => !Object.hasOwn(VARIABLES, name));
}

/** What a client chose must not break out of a JSON string. */
function escape(value: string | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value).slice(1, -1);
}
