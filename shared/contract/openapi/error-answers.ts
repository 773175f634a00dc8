/** What an operation answers when it fails, in the form of its surface. */
import * as z from 'zod/mini';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import type { ErrorStatus, Operation, Surface } from '../operation.ts';

interface Failure {
  /** What it is called in the document. */
  readonly name: string;
  readonly description: string;
  /** The canonical API's codes; none for what only others say. */
  readonly codes: readonly string[];
}

const FAILURES: Record<ErrorStatus, Failure> = {
  400: { name: 'BadParameters', description: 'Bad input, with everything that is wrong', codes: ['bad-parameters'] },
  401: { name: 'Unauthorized', description: 'Not signed in, or not any more', codes: ['unauthorized'] },
  403: { name: 'Forbidden', description: 'Not for this member of the chat', codes: ['forbidden'] },
  404: {
    name: 'NotFound',
    description: 'There is no such thing, or none that the caller may know of',
    codes: ['chat-not-found', 'message-not-found', 'user-not-found', 'session-not-found', 'cursor-not-found'],
  },
  409: {
    name: 'Conflict',
    description: 'What is there does not allow it, or the Idempotency-Key stands for another request',
    codes: ['conflict'],
  },
  413: { name: 'TooLarge', description: 'More than 10 MB, or about 4.5 MB of JSON', codes: [] },
  415: { name: 'UnsupportedMediaType', description: 'The body is not application/json', codes: [] },
  422: { name: 'BadInput', description: 'Bad input, with everything that is wrong', codes: [] },
  429: { name: 'TooManyRequests', description: 'Too much at once; try again later', codes: ['too-many-requests'] },
  503: {
    name: 'ServiceUnavailable',
    description: 'A store did not answer in time: repeat the request with the same Idempotency-Key',
    codes: ['service-unavailable'],
  },
};

const PREFIXES: Record<Surface, string> = { v1: '', counters: 'Counters', stream: 'Stream' };

const problem = z
  .object({ loc: z.array(z.string()), msg: z.string(), type: z.string() })
  .check(z.meta({ id: 'Problem', description: 'Where something is wrong, and what' }));

const retryHeaders = z.object({
  'Retry-After': z.optional(z.int()).check(z.meta({ description: 'In seconds', header: { id: 'Retry-After' } })),
});

const responses = new Map<string, ZodOpenApiResponseObject>();

/** The same object for the same surface and status, so that the document describes it once. */
export function errorResponse(surface: Surface, status: ErrorStatus): ZodOpenApiResponseObject {
  const { name, description } = FAILURES[status];
  const id = `${PREFIXES[surface]}${name}`;
  const known = responses.get(id);
  if (known !== undefined) return known;
  const response = {
    id,
    description,
    ...((status === 429 || status === 503) && { headers: retryHeaders }),
    content: { 'application/json': { schema: describeBody(surface, status) } },
  };
  responses.set(id, response);
  return response;
}

/** How an operation can fail, in order of the statuses. */
export function listErrorStatuses(operation: Operation): ErrorStatus[] {
  const { surface, method, access, pathParameters, query, body, errors = [] } = operation;
  const takesInput = method === 'POST' || [pathParameters, query, body].some((part) => part !== undefined);
  const statuses = new Set(errors);
  if (takesInput) statuses.add(surface === 'stream' ? 422 : 400);
  if (body !== undefined) statuses.add(413);
  if (body !== undefined && surface === 'stream') statuses.add(415);
  if (access === 'session') statuses.add(401);
  if (method === 'POST') statuses.add(409);
  if (surface !== 'stream') statuses.add(429);
  statuses.add(503);
  return [...statuses].toSorted((one, other) => one - other);
}

function describeBody(surface: Surface, status: ErrorStatus): z.ZodMiniObject {
  // API Gateway says so, before any function is asked.
  if (status === 413) return z.object({ message: z.string() });
  switch (surface) {
    case 'v1': {
      const message = z.enum(FAILURES[status].codes);
      // API Gateway throttles for every surface alike.
      if (status === 429)
        return z.object({ message, detail: z.optional(z.string()), code: z.optional(z.literal(status)) });
      return z.object({ message, detail: z.string(), ...(status === 400 && { problems: z.array(problem) }) });
    }
    case 'counters':
      return z.object({ code: z.literal(status), message: z.string() });
    case 'stream':
      return z.object({ detail: status === 415 || status === 422 ? z.array(problem) : z.string() });
  }
}
