/** Opens a session at counters: an access token, and a refresh token that gets the next pair. */
import { beginSession, type SignInAttempt } from './begin-session.ts';
import type { PasswordPorts } from './check-password.ts';
import { encodePair, keepPair, type TokenPair } from './token-pair.ts';

/** @throws as checkPassword */
export async function signIn(
  ports: PasswordPorts & { readonly lifetimeMs: number },
  attempt: SignInAttempt,
): Promise<TokenPair> {
  const { session, makeSecret } = await beginSession(ports, 'sign in', attempt);
  const secrets = { access: makeSecret('access'), refresh: makeSecret('refresh') };
  const { access, refresh } = keepPair(secrets, session.startedAt, ports.lifetimeMs);
  await ports.sessions.open({ ...session, access: [access], refresh });
  return encodePair(session, secrets);
}
