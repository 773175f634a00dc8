/** What opening a session has in common on both surfaces: the password, the session's id, and where its secrets come from. */
import { v7 as newSessionId } from 'uuid';
import { hashSource } from '../../shared/domain/failure-limits.ts';
import { hashParts } from '../../shared/domain/idempotency-key.ts';
import { deriveSecret, newSecret } from '../../shared/domain/session-token.ts';
import type { Session } from '../../shared/domain/sessions.ts';
import { sourceNetwork } from '../../shared/domain/source-network.ts';
import { checkPassword, type PasswordAttempt, type PasswordPorts } from './check-password.ts';

export interface SignInAttempt extends PasswordAttempt {
  /** The client's idempotency key: a repeat with the same name, password and key gets the same session, for a day. */
  readonly key: string | undefined;
}

export interface BegunSession {
  /** The session without its secrets, not yet kept anywhere. */
  readonly session: Pick<Session, 'userId' | 'id' | 'startedAt' | 'sourceHash' | 'ending'>;
  readonly makeSecret: (purpose: 'access' | 'refresh') => Buffer;
}

/**
 * With an idempotency key the secrets follow from the password, so that a repeat gets the same ones although none is kept.
 * @throws as checkPassword
 */
export async function beginSession(
  ports: PasswordPorts,
  operation: string,
  attempt: SignInAttempt,
): Promise<BegunSession> {
  const { account, secret } = await checkPassword(ports, attempt);
  const { userId } = account;
  const { key } = attempt;
  const fresh = newSessionId();
  const id =
    key === undefined ? fresh : await ports.sessions.claimKey(userId, hashParts([operation, userId, key]), fresh);
  return {
    session: {
      userId,
      id,
      startedAt: Date.now(),
      sourceHash: hashSource(userId, sourceNetwork(attempt.sourceAddress)),
      ending: undefined,
    },
    makeSecret: key === undefined ? newSecret : (purpose) => deriveSecret(secret, purpose, id),
  };
}
