/** An operation of the contract, as OpenAPI describes it. */
import * as z from 'zod/mini';
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi';
import { idempotencyKey } from '../characters.ts';
import type { Operation, Surface } from '../operation.ts';
import { errorResponse, listErrorStatuses } from './error-answers.ts';

const JSON_MEDIA_TYPE = 'application/json';

const postHeaders = z.object({
  'Idempotency-Key': z.optional(idempotencyKey).check(
    z.meta({
      description: 'Makes the request safe to repeat: a repeat gets the first answer, another request is a conflict',
      param: { id: 'Idempotency-Key' },
    }),
  ),
});

/** The ways to say who calls, each with the name of its security scheme. */
const SECURITY: Record<Surface, readonly string[]> = {
  v1: ['session', 'bearer'],
  counters: ['accessToken'],
  stream: [],
};

export function describeOperation(operation: Operation, tag: string): ZodOpenApiOperationObject {
  const { id, surface, method, summary, description, access, pathParameters: path, query, body } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    requestParams: {
      ...(path && { path }),
      ...(query && { query }),
      ...(method === 'POST' && { header: postHeaders }),
    },
    ...(body && { requestBody: { required: true, content: { [JSON_MEDIA_TYPE]: { schema: body } } } }),
    responses: {
      [`${operation.status}`]: describeSuccess(operation),
      ...Object.fromEntries(listErrorStatuses(operation).map((status) => [status, errorResponse(surface, status)])),
    },
    security: access === 'session' ? SECURITY[surface].map((scheme) => ({ [scheme]: [] })) : [],
  };
}

function describeSuccess({ status, answer, mediaType = JSON_MEDIA_TYPE }: Operation): ZodOpenApiResponseObject {
  if (answer === undefined) return { description: 'Done' };
  return { description: status === 201 ? 'Created' : 'The answer', content: { [mediaType]: { schema: answer } } };
}
