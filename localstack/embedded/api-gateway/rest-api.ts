/** Serves one stage of a REST API: routing, throttling, integrations and API Gateway's own answers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { admitPipelined, endAnswer } from './connection-limits.ts';
import { compileContextTemplate } from './context-variables.ts';
import type { RenderTemplate } from './context-variables.ts';
import { compileErrorAnswers } from './error-answers.ts';
import type { FindErrorAnswer } from './error-answers.ts';
import { createExchange } from './exchange.ts';
import type { Exchange, RequestTarget } from './exchange.ts';
import type { ProxyAnswer } from './function-answer.ts';
import {
  API_CONFIGURATION_ERROR,
  BAD_FUNCTION_ANSWER,
  BODY_REFUSED,
  CONTENT_TOO_LONG,
  HEADERS_TOO_LARGE,
  MISSING_AUTHENTICATION_TOKEN,
  THROTTLED,
} from './gateway-errors.ts';
import type { GatewayError } from './gateway-errors.ts';
import { invokeFunction } from './lambda-proxy-integration.ts';
import { createBinaryTypeCheck } from './media-types.ts';
import type { BinaryTypeCheck } from './media-types.ts';
import { findThrottleLimits } from './method-throttling.ts';
import { compileMockIntegration } from './mock-integration.ts';
import type { AnswerMock } from './mock-integration.ts';
import { createEventRenderer } from './proxy-event.ts';
import type { RenderProxyEvent } from './proxy-event.ts';
import { endAfterDraining, readRequestBody } from './request-body.ts';
import { isOverHeaderLimit } from './request-headers.ts';
import { rewriteResponseHeaders } from './response-headers.ts';
import type {
  FunctionInvoker,
  LambdaProxyIntegration,
  MethodDefinition,
  RestApiDefinition,
} from './rest-api-definition.ts';
import { RouteTable } from './route-table.ts';
import { writeAnswerHead } from './send-answer.ts';
import type { Answer } from './send-answer.ts';
import { TokenBucket } from './token-bucket.ts';
import { UnsupportedFeatureError } from './unsupported-feature-error.ts';
import { describeMethod, refuseUnsupportedMethod } from './unsupported-features.ts';

export interface RestApi {
  /** Answers one request; never throws. */
  handle(req: IncomingMessage, res: ServerResponse, target: RequestTarget): void;
}

export interface RestApiOptions {
  readonly accessLog?: AccessLog | undefined;
}

export interface AccessLog {
  /** The stage's AccessLogSetting.Format. */
  readonly format: string;
  write(line: string): void;
}

interface CompiledMethod {
  readonly definition: MethodDefinition;
  readonly bucket: TokenBucket | undefined;
  /** A MOCK integration is compiled to its answer; the other kind is invoked. */
  readonly integration: FunctionCall | AnswerMock;
}

interface FunctionCall {
  readonly integration: LambdaProxyIntegration;
  readonly renderEvent: RenderProxyEvent;
}

/**
 * Compiles a REST API.
 *
 * @throws {UnsupportedFeatureError} that names the first part of the API which is not emulated
 */
export function createRestApi(
  definition: RestApiDefinition,
  invoker: FunctionInvoker,
  options: RestApiOptions = {},
): RestApi {
  return new CompiledRestApi(definition, invoker, options);
}

class CompiledRestApi implements RestApi {
  readonly #definition: RestApiDefinition;
  readonly #invoker: FunctionInvoker;
  readonly #routes: RouteTable<CompiledMethod>;
  readonly #findErrorAnswer: FindErrorAnswer;
  readonly #isBinaryType: BinaryTypeCheck;
  readonly #accessLog: AccessLog | undefined;
  readonly #renderLogLine: RenderTemplate;

  constructor(definition: RestApiDefinition, invoker: FunctionInvoker, { accessLog }: RestApiOptions) {
    this.#definition = definition;
    this.#invoker = invoker;
    this.#routes = new RouteTable(
      definition.methods.map((method) => ({ ...method, method: compileMethod(definition, method) })),
    );
    this.#findErrorAnswer = compileErrorAnswers(definition.gatewayResponses);
    this.#isBinaryType = createBinaryTypeCheck(definition.binaryMediaTypes);
    this.#accessLog = accessLog;
    this.#renderLogLine = compileContextTemplate(accessLog?.format ?? '');
  }

  handle(req: IncomingMessage, res: ServerResponse, target: RequestTarget): void {
    const exchange = createExchange(this.#definition, req, res, target);
    if (!admitPipelined(req, res)) {
      this.#fail(exchange, BODY_REFUSED);
      return;
    }
    readRequestBody(req, {
      onBody: (body) => this.#route(exchange, body),
      onTooLarge: () => this.#fail(exchange, CONTENT_TOO_LONG),
      onOverload: () => this.#fail(exchange, BODY_REFUSED),
    });
  }

  #route(exchange: Exchange, body: Buffer | null): void {
    const { req, target } = exchange;
    if (isOverHeaderLimit(req)) {
      this.#fail(exchange, HEADERS_TOO_LARGE);
      return;
    }
    const match = this.#routes.match(target.path, req.method ?? '');
    if (match === undefined) {
      this.#fail(exchange, MISSING_AUTHENTICATION_TOKEN);
      return;
    }
    const { definition, bucket, integration } = match.method;
    exchange.method = definition;
    if (bucket?.tryTake(performance.now()) === false) this.#fail(exchange, THROTTLED);
    else if (typeof integration === 'function') this.#send(exchange, integration(req));
    else void this.#invoke(exchange, integration, match.pathParameters, body);
  }

  async #invoke(
    exchange: Exchange,
    call: FunctionCall,
    pathParameters: Record<string, string> | null,
    body: Buffer | null,
  ): Promise<void> {
    const { integration, renderEvent } = call;
    const isBase64Encoded = body !== null && this.#isBinaryType(exchange.req.headers['content-type']);
    const event = renderEvent(exchange, { pathParameters, body, isBase64Encoded });
    const startedAtMs = performance.now();
    const outcome = await invokeFunction(this.#invoker, integration, event);
    exchange.integrationLatencyMs = Math.round(performance.now() - startedAtMs);
    if ('error' in outcome) this.#fail(exchange, outcome.error, outcome.reason);
    else this.#sendProxyAnswer(exchange, outcome.answer);
  }

  /**
   * A base64 body is decoded only where the request's Accept header names a binary media type of the API, else the
   * client gets the base64 text ("Return binary media from a Lambda proxy integration in API Gateway").
   */
  #sendProxyAnswer(exchange: Exchange, answer: ProxyAnswer): void {
    const { statusCode, headers, isBase64Encoded } = answer;
    let body: string | Buffer = answer.body;
    if (isBase64Encoded && this.#isBinaryType(exchange.req.headers.accept)) {
      body = Buffer.from(answer.body, 'base64');
      if (body.toString('base64') !== answer.body) {
        this.#fail(exchange, API_CONFIGURATION_ERROR, 'The body is not base64, although isBase64Encoded is true.');
        return;
      }
    }
    this.#send(exchange, { statusCode, headers: rewriteResponseHeaders(headers), body });
  }

  #fail(exchange: Exchange, error: GatewayError, reason?: string): void {
    exchange.error = error;
    exchange.integrationErrorMessage = reason;
    const { statusCode, headers, renderBody } = this.#findErrorAnswer(error);
    const hasOwn = headers.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'retry-after');
    const retryAfter =
      error.retryAfterSeconds === undefined || hasOwn ? [] : ['Retry-After', String(error.retryAfterSeconds)];
    this.#send(exchange, {
      statusCode,
      headers: ['x-amzn-ErrorType', error.errorType, ...retryAfter, ...headers],
      body: renderBody?.({ exchange, statusCode, responseLengthBytes: 0 }) ?? error.body,
    });
  }

  #send(exchange: Exchange, answer: Answer): void {
    const { req, res } = exchange;
    let responseLengthBytes;
    try {
      responseLengthBytes = writeAnswerHead(exchange, answer);
    } catch {
      if (res.headersSent || exchange.error === BAD_FUNCTION_ANSWER) res.destroy();
      else this.#fail(exchange, BAD_FUNCTION_ANSWER, 'Malformed Lambda proxy response: a header is not valid in HTTP.');
      return;
    }
    if (exchange.error?.leavesBodyUnread === true) endAfterDraining(req, res, answer.body);
    else endAnswer(req, res, answer.body);
    this.#accessLog?.write(this.#renderLogLine({ exchange, statusCode: answer.statusCode, responseLengthBytes }));
  }
}

function compileMethod(definition: RestApiDefinition, method: MethodDefinition): CompiledMethod {
  refuseUnsupportedMethod(method);
  const limits = findThrottleLimits(definition.methodSettings, method);
  return {
    definition: method,
    bucket: limits && new TokenBucket(limits, performance.now()),
    integration: compileIntegration(definition, method),
  };
}

function compileIntegration(definition: RestApiDefinition, method: MethodDefinition): FunctionCall | AnswerMock {
  const { integration } = method;
  const where = describeMethod(method);
  if (integration.type === 'AWS_PROXY') return { integration, renderEvent: createEventRenderer(definition, method) };
  if (integration.type === 'MOCK') return compileMockIntegration(where, integration);
  throw new UnsupportedFeatureError(where, `the integration type ${integration.type}`, 'use AWS_PROXY or MOCK');
}
