/** Handshakes. */
import { beforeEach, expect, test } from 'vitest';
import { encodeToken, newSecret } from '../../shared/domain/session-token.ts';
import { keepSecret, type Session, type SessionReader } from '../../shared/domain/sessions.ts';
import { SimulatedSockets } from '../../tests/support/simulated-sockets.ts';
import { openSocket } from './open-socket.ts';

const USER = 'b2a1c0d9-1e2f-4a3b-8c4d-5e6f708192a3';
const SESSION = '019c0000-0000-7000-8000-000000000000';
const EXPIRY = Date.now() + 60_000;

let sockets: SimulatedSockets;
let session: Session;
let token: string;

beforeEach(() => {
  sockets = new SimulatedSockets();
  const secret = newSecret();
  token = encodeToken({ userId: USER, sessionId: SESSION, secret });
  session = {
    userId: USER,
    id: SESSION,
    startedAt: 0,
    sourceHash: '',
    access: [keepSecret(secret, EXPIRY)],
    refresh: undefined,
    ending: undefined,
  };
});

/** @param sessionNow the session as it is found, each time anew */
function open(id: string, sessionNow: () => Session | undefined = () => session): Promise<void> {
  const sessions: SessionReader = { read: async () => sessionNow() };
  return openSocket({ ...sockets.ports, sessions, throttle: undefined }, { id, token });
}

const ended = (): Session => ({ ...session, ending: { how: 'logout', at: 0, keyHash: undefined } });

test('a socket is good as long as the token with which it was opened', async () => {
  await open('s1');
  expect(await sockets.ports.sockets.find('s1')).toMatchObject({
    userId: USER,
    sessionId: SESSION,
    validUntil: EXPIRY,
  });
});

test.each([
  ['of a session that is over', () => ended()],
  ['of no session', () => undefined],
])('a token %s opens nothing', async (_, sessionNow) => {
  await expect(open('s1', sessionNow)).rejects.toMatchObject({ name: 'UnauthorizedError' });
  expect(sockets.kept).toEqual([]);
});

test('a session that is ended meanwhile leaves no socket open', async () => {
  let reads = 0;
  await expect(open('s1', () => (reads++ === 0 ? session : ended()))).rejects.toMatchObject({
    name: 'UnauthorizedError',
  });
  expect(reads).toBe(2);
  expect(sockets.kept).toEqual([]);
});

test('of too many, the oldest is closed', async () => {
  for (let index = 0; index < 64; index++) sockets.open(`old ${index}`, USER, { openedAt: 1_000 - index });
  await open('new');
  expect(sockets.kept).toHaveLength(64);
  expect(sockets.kept).toContain('new');
  expect(sockets.closed).toEqual(['old 63']);
});
