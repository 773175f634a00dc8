/** Opens a session in the canonical API: one token, for as long as a session lasts. */
import { encodeToken } from '../../shared/domain/session-token.ts';
import { keepSecret } from '../../shared/domain/sessions.ts';
import { beginSession, type SignInAttempt } from './begin-session.ts';
import type { PasswordPorts } from './check-password.ts';

/**
 * @returns the session's token
 * @throws as checkPassword
 */
export async function logIn(
  ports: PasswordPorts & { readonly lifetimeMs: number },
  attempt: SignInAttempt,
): Promise<string> {
  const { session, makeSecret } = await beginSession(ports, 'log in', attempt);
  const secret = makeSecret('access');
  await ports.sessions.open({
    ...session,
    access: [keepSecret(secret, session.startedAt + ports.lifetimeMs)],
    refresh: undefined,
  });
  return encodeToken({ userId: session.userId, sessionId: session.id, secret });
}
