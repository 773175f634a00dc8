/** Registering, signing in and out, and sessions, as the clients of both contracts use them. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { getByEmail, refreshToken, signIn, signUp } from '../../shared/contract/counters/people.ts';
import { endSession, findUser, listSessions, logIn, logOut, register } from '../../shared/contract/v1/people.ts';
import { ApiClient, type Route } from '../support/api-client.ts';
import { type Answer, call } from '../support/open-stream-client.ts';
import { signInAgain, signInNewUser } from '../support/signed-in-user.ts';

const PASSWORD = 'correct horse battery staple';
const PROFILE = {
  name: 'Bob',
  surname: 'Marley',
  birthday: '1945-02-06T00:00:00Z',
  sex: 'male',
  city: 'Nine Mile',
  interests: 'music',
};

/** A name, and an email address, that no other test uses. */
const newName = (): string => `Ann-${randomUUID()}@email.com`;

function credentialsOf(userName: string, password = PASSWORD) {
  return { body: { user_name: userName, password } };
}

describe.each(inject('deployments'))('$name', ({ baseUrl }) => {
  const anyone = new ApiClient(baseUrl);
  const as = (token: string): ApiClient => new ApiClient(baseUrl, token);
  const refresh = (token: string): Promise<Answer> => anyone.call(refreshToken, { body: { refresh_token: token } });

  /** Asks for the caller's sessions with exactly this header. */
  const statusWith = async (Authorization: string): Promise<number> =>
    (await call(`${baseUrl}/v1/sessions`, 'GET', { Authorization })).status;

  describe('the canonical API', () => {
    test('registers a name once, whatever its case', async () => {
      const userName = newName();
      await anyone.ask(register, credentialsOf(userName));
      const again = credentialsOf(userName.toUpperCase(), 'another password');
      expect(await anyone.refusal(register, again)).toBe('409 conflict');
    });

    test('of twenty registrations of one name at once makes one', async () => {
      const registration = credentialsOf(newName());
      const answers = await Promise.all(Array.from({ length: 20 }, () => anyone.call(register, registration)));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
    });

    test('knows a signed-in user by either scheme, in any case', async () => {
      const { token } = await signInNewUser(baseUrl, 'ann');
      for (const scheme of ['session_id', 'SESSION_ID', 'Bearer', 'bearer'])
        expect(await statusWith(`${scheme} ${token}`)).toBe(200);
      for (const header of [token, `Basic ${token}`, 'Bearer', `Bearer ${token.slice(1)}`])
        expect(await statusWith(header)).toBe(401);
    });

    test('finds a user by name in any case, and nobody by a name that there is not', async () => {
      const { userId, userName, api } = await signInNewUser(baseUrl, 'ann');
      const query = { user_name: userName.toUpperCase() };
      expect(await api.ask(findUser, { query })).toEqual({ user_id: userId, user_name: userName });
      expect(await api.refusal(findUser, { query: { user_name: newName() } })).toBe('404 user-not-found');
    });

    test('answers a wrong password as a name that there is not', async () => {
      const { userName } = await signInNewUser(baseUrl, 'ann');
      const wrong = await anyone.call(logIn, credentialsOf(userName, 'wrong'));
      const unknown = await anyone.call(logIn, credentialsOf(newName()));
      expect(wrong.status).toBe(401);
      expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text]);
    });

    test('takes a session that was logged out of for dead at once, in every environment', async () => {
      const { api } = await signInNewUser(baseUrl, 'ann');
      await api.ask(listSessions);
      expect(await api.ask(logOut)).toEqual({});
      const refusals = await Promise.all(Array.from({ length: 20 }, () => api.refusal(listSessions)));
      expect(refusals).toEqual(Array.from({ length: 20 }, () => '401 unauthorized'));
      expect(await api.refusal(logOut)).toBe('401 unauthorized');
    });

    test('keeps every session on record, newest first, with how it ended', async () => {
      const user = await signInNewUser(baseUrl, 'ann');
      const [second, third] = [await signInAgain(baseUrl, user), await signInAgain(baseUrl, user)];
      await as(second).ask(logOut);
      const first = await user.api.ask(listSessions, { query: { limit: 2 } });
      const { id } = first.sessions[0]!;
      await user.api.ask(endSession, { path: { id } });
      expect(await as(third).refusal(listSessions)).toBe('401 unauthorized');

      const { sessions } = await user.api.ask(listSessions);
      expect(sessions).toMatchObject([{ id, end: 'ended' }, { end: 'logout' }, { current: true }]);
      const rest = await user.api.ask(listSessions, { query: { from: first.next!.iterator } });
      expect(rest).toEqual({ sessions: sessions.slice(2) });
    });

    test("shows and ends nobody another user's session", async () => {
      const [one, other] = [await signInNewUser(baseUrl, 'ann'), await signInNewUser(baseUrl, 'bob')];
      const { sessions } = await one.api.ask(listSessions);
      const path = { id: sessions[0]!.id };
      expect((await other.api.ask(listSessions)).sessions).toHaveLength(1);
      expect(await other.api.refusal(endSession, { path })).toBe('404 session-not-found');
      expect(await one.api.ask(listSessions)).toEqual({ sessions });
    });

    test.each([
      ['no password', { user_name: 'ann' }, 'body.password'],
      ['an empty password', { user_name: 'ann', password: '' }, 'body.password'],
      ['a password of 257 characters', { user_name: 'ann', password: 'x'.repeat(257) }, 'body.password'],
      ['a number for a name', { user_name: 7, password: PASSWORD }, 'body.user_name'],
      ['a name that ends with a space', { user_name: 'ann ', password: PASSWORD }, 'body.user_name'],
      ['a name with a control character', { user_name: 'a\u0000n', password: PASSWORD }, 'body.user_name'],
      ['a name of 255 characters', { user_name: 'x'.repeat(255), password: PASSWORD }, 'body.user_name'],
      ['a name that is longer written out', { user_name: '\uFDFA'.repeat(15), password: PASSWORD }, 'body.user_name'],
      ['an unknown field', { user_name: 'ann', password: PASSWORD, admin: true }, 'body.admin'],
    ])('answers %s 400 with the field named', async (_, body, field) => {
      for (const operation of [register, logIn]) {
        expect(await anyone.problems(operation, { body })).toBe(`400 bad-parameters: ${field}`);
        expect((await anyone.call(operation, { body })).text).not.toContain(PASSWORD);
      }
    });

    test.each([
      ['limit', '0'],
      ['limit', '1001'],
      ['limit', 'many'],
      ['from', 'somewhere'],
    ])('answers a list with %s=%s 400 with the parameter named', async (name, value) => {
      const { api } = await signInNewUser(baseUrl, 'ann');
      expect(await api.problems(listSessions, { query: { [name]: value } })).toBe(`400 bad-parameters: query.${name}`);
    });
  });

  describe('counters', () => {
    const email = newName();
    const credentials = { body: { email, password: PASSWORD } };
    beforeAll(async () => {
      await anyone.ask(signUp, { body: { ...credentials.body, ...PROFILE } });
    });

    /** What whoever holds an access token gets. */
    const statusOf = async (token: string): Promise<number> =>
      (await as(token).call(getByEmail, { query: { email } })).status;

    test('answers an email address that is taken 400', async () => {
      const body = { ...credentials.body, ...PROFILE, email: email.toUpperCase() };
      const { status, text } = await anyone.call(signUp, { body });
      expect({ status, body: JSON.parse(text) }).toEqual({
        status: 400,
        body: { code: 400, message: 'body.email: is taken' },
      });
    });

    test('finds a user by email for whoever shows a bare access token', async () => {
      const { access_token: token } = await anyone.ask(signIn, credentials);
      const { user_id: userId } = await as(token).ask(getByEmail, { query: { email: email.toLowerCase() } });
      expect(userId).toMatch(/^[\da-f]{8}-/);
      const missing = await as(token).call(getByEmail, { query: { email: newName() } });
      expect([missing.status, JSON.parse(missing.text).code]).toEqual([404, 404]);
      const withScheme = await as(`Bearer ${token}`).call(getByEmail, { query: { email } });
      expect([withScheme.status, JSON.parse(withScheme.text).code]).toEqual([401, 401]);
    });

    test('takes a refresh token once; one that comes again ends the session with all its tokens', async () => {
      const first = await anyone.ask(signIn, credentials);
      const second = await anyone.ask(refreshToken, { body: { refresh_token: first.refresh_token } });
      expect([await statusOf(first.access_token), await statusOf(second.access_token)]).toEqual([200, 200]);
      expect((await refresh(first.refresh_token)).status).toBe(401);
      expect([await statusOf(first.access_token), await statusOf(second.access_token)]).toEqual([401, 401]);
      expect((await refresh(second.refresh_token)).status).toBe(401);
    });

    test('answers a wrong password, and what is no refresh token, 401', async () => {
      const wrong = await anyone.call(signIn, { body: { email, password: 'wrong' } });
      expect([wrong.status, JSON.parse(wrong.text).code]).toEqual([401, 401]);
      expect((await refresh('nonsense')).status).toBe(401);
    });

    test.each([
      ['no email', { email: undefined }, 'body.email: is required'],
      ['an email address without @', { email: 'bob' }, 'body.email: must be an email address'],
      ['no city', { city: undefined }, 'body.city: is required'],
      ['a day that there is not', { birthday: '1990-02-30T00:00:00Z' }, 'body.birthday: '],
    ])('answers %s 400 with the field named', async (_, changes, message) => {
      const body = { email: newName(), password: PASSWORD, ...PROFILE, ...changes };
      const { status, text } = await anyone.call(signUp, { body });
      expect(status).toBe(400);
      expect(JSON.parse(text)).toEqual({ code: 400, message: expect.stringContaining(message) });
    });
  });

  describe('both contracts', () => {
    test('whoever signed up at counters logs in at the canonical API, as the same user', async () => {
      const email = newName();
      await anyone.ask(signUp, { body: { email, password: PASSWORD, ...PROFILE } });
      const { session_id: session } = await anyone.ask(logIn, credentialsOf(email));
      const { access_token: access } = await anyone.ask(signIn, { body: { email, password: PASSWORD } });
      const { user_id: userId } = await as(access).ask(getByEmail, { query: { email } });
      const found = await as(session).ask(findUser, { query: { user_name: email } });
      expect(found).toEqual({ user_id: userId, user_name: email });
    });

    test('whoever registered at the canonical API signs in at counters, where the address is taken', async () => {
      const { userName: email, password } = await signInNewUser(baseUrl, 'ann');
      await anyone.ask(signIn, { body: { email, password } });
      expect((await anyone.call(signUp, { body: { email, password, ...PROFILE } })).status).toBe(400);
    });

    test('a session of one is a session of the other', async () => {
      const { userName: email, password, token } = await signInNewUser(baseUrl, 'ann');
      await as(token).ask(getByEmail, { query: { email } });
      const pair = await anyone.ask(signIn, { body: { email, password } });
      await as(pair.access_token).ask(logOut);
      expect((await refresh(pair.refresh_token)).status).toBe(401);
    });
  });

  describe('with an Idempotency-Key', () => {
    test('ten logins open one session', async () => {
      const { userName, password, api } = await signInNewUser(baseUrl, 'ann');
      const request = { ...credentialsOf(userName, password), key: randomUUID() };
      await Promise.all(Array.from({ length: 10 }, () => anyone.ask(logIn, request)));
      expect((await api.ask(listSessions)).sessions).toHaveLength(2);
    });

    test('a logout is repeated although its session is dead, and nothing else is done in that', async () => {
      const { api } = await signInNewUser(baseUrl, 'ann');
      const key = randomUUID();
      await api.ask(logOut, { key });
      expect(await api.ask(logOut, { key })).toEqual({});
      expect(await api.refusal(logOut, { key: randomUUID() })).toBe('401 unauthorized');
      expect(await api.refusal(listSessions, { key })).toBe('401 unauthorized');
    });
  });

  test('failures to sign in are slowed for a name, in both contracts, and for no other name', async () => {
    const [victim, other] = [await signInNewUser(baseUrl, 'ann'), await signInNewUser(baseUrl, 'bob')];
    const refusals: string[] = [];
    for (let guess = 0; guess < 5; guess++)
      refusals.push(await anyone.refusal(logIn, credentialsOf(victim.userName, `guess ${guess}`)));
    expect(refusals).toEqual(Array.from({ length: 5 }, () => '401 unauthorized'));
    const { userName: email, password } = victim;
    const slowed = await anyone.call(logIn, credentialsOf(email, password));
    expect([slowed.status, JSON.parse(slowed.text).message]).toEqual([429, 'too-many-requests']);
    expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0);
    expect((await anyone.call(signIn, { body: { email, password } })).status).toBe(429);
    await signInAgain(baseUrl, other);
  });

  test('a CORS preflight allows what signed-in clients send', async () => {
    const headers = { Origin: 'http://localhost:3000', 'Access-Control-Request-Method': 'DELETE' };
    const answer = await call(`${baseUrl}/v1/sessions/1`, 'OPTIONS', headers);
    expect(answer.status).toBe(204);
    for (const header of ['Authorization', 'Content-Type', 'Idempotency-Key'])
      expect(answer.headers['access-control-allow-headers']).toContain(header);
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
      expect(answer.headers['access-control-allow-methods']).toContain(method);
  });

  test('every route of sessions and people needs a session', async () => {
    const routes: Route[] = [listSessions, endSession, logOut, findUser];
    for (const route of routes) expect(await anyone.refusal(route, { path: { id: '1' } })).toBe('401 unauthorized');
  });
});
