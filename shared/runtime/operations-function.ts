/** Functions that serve operations of the contract: which one is asked for, by whom, with what, and what is answered. */
import type { MiddyfiedHandler } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type * as z from 'zod/mini';
import { idempotencyKey as idempotencyKeySchema } from '../contract/characters.ts';
import type { Operation, Surface } from '../contract/operation.ts';
import type { Caller } from '../domain/sessions.ts';
import { answerJson } from './answer-json.ts';
import { errorFormatOf } from './error-formats.ts';
import { httpFunction } from './http-function.ts';
import { parseBody, parseHeader, parsePathParameters, parseQuery, readHeader } from './parse-request.ts';

const KEY_HEADER = 'Idempotency-Key';

type Parsed<Schema> = Schema extends z.ZodMiniType ? z.output<Schema> : undefined;
type AnswerOf<Schema> = Schema extends z.ZodMiniType<infer Answer extends object> ? Answer : undefined;

/** A request whose every part fits the contract. */
export interface OperationRequest<Access, Path, Query, Body> {
  readonly caller: Access extends 'session' ? Caller : undefined;
  readonly path: Parsed<Path>;
  readonly query: Parsed<Query>;
  readonly body: Parsed<Body>;
  /** Of a POST, if it has one. */
  readonly idempotencyKey: string | undefined;
  /** The address that API Gateway saw the request come from. */
  readonly sourceAddress: string;
}

/**
 * Finds out who calls by the `Authorization` header.
 * @param idempotencyKey the header as it was sent
 * @throws UnauthorizedError, TooManyRequestsError, StoreUnavailableError
 */
export type Authenticate = (
  authorization: string | undefined,
  surface: Surface,
  idempotencyKey: string | undefined,
) => Promise<Caller>;

/** For functions whose operations are open to anyone. */
export const noSignIn: Authenticate = () =>
  Promise.reject(new Error('this function was not made to serve an operation that needs a session'));

interface Implementation {
  readonly operation: Operation;
  readonly run: (event: APIGatewayProxyEvent, authenticate: Authenticate) => Promise<APIGatewayProxyResult>;
}

/**
 * Puts an operation and what carries it out together.
 * @param ownAuthenticate takes the place of the function's, for this operation
 */
export function implement<
  Access extends 'anyone' | 'session',
  Path extends Operation['pathParameters'],
  Query extends Operation['query'],
  Body extends Operation['body'],
  Answer extends Operation['answer'],
>(
  operation: Operation<Access, Path, Query, Body, Answer>,
  carryOut: (request: OperationRequest<Access, Path, Query, Body>) => Promise<AnswerOf<Answer>>,
  ownAuthenticate?: Authenticate,
): Implementation {
  return {
    operation,
    run: async (event, functionAuthenticate) => {
      const authenticate = ownAuthenticate ?? functionAuthenticate;
      // Who may not ask learns nothing of what may be asked.
      const caller =
        operation.access === 'session'
          ? await authenticate(readHeader(event, 'Authorization'), operation.surface, readHeader(event, KEY_HEADER))
          : undefined;
      const { pathParameters, query, body, method } = operation;
      const request = {
        caller,
        path: pathParameters && parsePathParameters(event, pathParameters),
        query: query && parseQuery(event, query),
        body: body && parseBody(event, body),
        idempotencyKey: method === 'POST' ? parseHeader(event, KEY_HEADER, idempotencyKeySchema) : undefined,
        sourceAddress: event.requestContext.identity.sourceIp,
      };
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- everything was parsed by the schemas that the types are made of
      const answer = await carryOut(request as OperationRequest<Access, Path, Query, Body>);
      return answerJson(operation.status, answer);
    },
  };
}

/** The function that serves these operations: API Gateway says by method and resource which one is meant. */
export function operationsFunction(
  authenticate: Authenticate,
  implementations: readonly Implementation[],
): MiddyfiedHandler<APIGatewayProxyEvent, APIGatewayProxyResult> {
  const byRoute = new Map(implementations.map((each) => [routeOf(each.operation.method, each.operation.path), each]));
  const find = ({ httpMethod, resource }: APIGatewayProxyEvent): Implementation => {
    const found = byRoute.get(routeOf(httpMethod, resource));
    if (found === undefined) throw new Error(`no operation serves ${routeOf(httpMethod, resource)}`);
    return found;
  };
  return httpFunction(
    (event) => find(event).run(event, authenticate),
    (event) => errorFormatOf(find(event).operation.surface),
  );
}

function routeOf(method: string, resource: string): string {
  return `${method} ${resource}`;
}
