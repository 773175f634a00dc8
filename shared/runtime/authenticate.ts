/** Who calls: the token of a request, and whether it is good. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbSessions } from '../adapters/dynamodb-sessions.ts';
import type { Surface } from '../contract/operation.ts';
import { UnauthorizedError } from '../domain/errors.ts';
import { checkAccess, type SessionReader } from '../domain/sessions.ts';
import { ENVIRONMENT, readEnvironment, requireEnvironment } from './environment.ts';
import type { Authenticate } from './operations-function.ts';
import { SessionThrottle } from './session-throttle.ts';

export interface AuthenticateOptions {
  readonly sessions: SessionReader;
  /** Scheme of `Authorization` in the canonical API, beside `Bearer`. */
  readonly tokenType: string;
  readonly throttle: SessionThrottle | undefined;
}

/** As the function's environment variables say. */
export function createAuthenticate(client: DynamoDBClient): Authenticate {
  return authenticateBy({
    sessions: new DynamoDbSessions(client, requireEnvironment(ENVIRONMENT.peopleTable)),
    tokenType: requireEnvironment(ENVIRONMENT.tokenType),
    throttle: createSessionThrottle(),
  });
}

/** Undefined where sessions are not limited. */
export function createSessionThrottle(): SessionThrottle | undefined {
  const requestsPerSecond = readEnvironment(ENVIRONMENT.sessionThrottle);
  return requestsPerSecond === undefined ? undefined : new SessionThrottle(Number(requestsPerSecond));
}

/** Checks each request's token against what is kept of its session, then whether the session makes too many requests. */
export function authenticateBy({ sessions, tokenType, throttle }: AuthenticateOptions): Authenticate {
  return async (authorization, surface) => {
    const caller = await checkAccess(sessions, readToken(authorization, surface, tokenType));
    await throttle?.take(caller.sessionId);
    return caller;
  };
}

/**
 * The token in an `Authorization` header: in the canonical API after its scheme, at counters alone.
 * @throws UnauthorizedError if there is none
 */
export function readToken(authorization: string | undefined, surface: Surface, tokenType: string): string {
  const text = authorization?.trim() ?? '';
  const token = surface === 'counters' ? text : readAfterScheme(text, ['bearer', tokenType.toLowerCase()]);
  if (token === '') throw new UnauthorizedError('the Authorization header holds no token: sign in');
  return token;
}

/** Schemes are compared without regard to case (RFC 9110, section 11.1). */
function readAfterScheme(text: string, schemes: readonly string[]): string {
  const [, scheme = '', token = ''] = /^(\S+) +(\S+)$/.exec(text) ?? [];
  return schemes.includes(scheme.toLowerCase()) ? token : '';
}
