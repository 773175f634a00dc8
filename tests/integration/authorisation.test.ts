/** Who gets which answer from which route. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { addMember, removeMember } from '../../shared/contract/v1/chats.ts';
import { listSessions, logOut } from '../../shared/contract/v1/people.ts';
import { ApiClient, type OperationInput, type Route } from '../support/api-client.ts';
import { createGroup, send } from '../support/group-chat.ts';
import type { Answer } from '../support/open-stream-client.ts';
import { type SignedInUser, signInNewUser } from '../support/signed-in-user.ts';
import { openStoredSession } from '../support/stored-session.ts';

/**
 * Statuses by who asks. In the chat, the owner, the member and, before being removed from it, the removed one have sent a
 * message each. Routes that need no session are asked for nothing that they would do.
 */
const MATRIX = `
                                                    no    malformed expired ended
                                                    token token     token   token stranger removed member owner
GET    /                                            200   200       200     200   200      200     200    200
POST   /send_message                                422   422       422     422   422      422     422    422
GET    /ping                                        200   200       200     200   200      200     200    200
GET    /ping_db                                     200   200       200     200   200      200     200    200
GET    /openapi.json                                200   200       200     200   200      200     200    200
GET    /docs                                        200   200       200     200   200      200     200    200
GET    /docs/viewer.js                              200   200       200     200   200      200     200    200

POST   /v1/auth/register                            400   400       400     400   400      400     400    400
POST   /v1/auth/login                               400   400       400     400   400      400     400    400
POST   /v1/auth/logout                              401   401       401     401   200      200     200    200
GET    /v1/sessions                                 401   401       401     401   200      200     200    200
DELETE /v1/sessions/{id} (of the member)            401   401       401     401   404      404     204    404
GET    /v1/users                                    401   401       401     401   200      200     200    200

POST   /v1/chats                                    401   401       401     401   201      201     201    201
GET    /v1/chats                                    401   401       401     401   200      200     200    200
GET    /v1/chats/{chat_id}                          401   401       401     401   404      404     200    200
POST   /v1/chats/{chat_id}/users                    401   401       401     401   404      404     201    201
DELETE /v1/chats/{chat_id}/users/{user_id} (other)  401   401       401     401   404      404     403    204
DELETE /v1/chats/{chat_id}/users/{user_id} (self)   401   401       401     401   404      404     204    204
POST   /v1/chats/{chat_id}/messages                 401   401       401     401   404      404     201    201
GET    /v1/chats/{chat_id}/messages                 401   401       401     401   404      404     200    200
POST   /v1/chats/{chat_id}/read                     401   401       401     401   404      404     204    204
PATCH  /v1/chats/{chat_id}/messages/{seq} (own)     401   401       401     401   404      404     200    200
PATCH  /v1/chats/{chat_id}/messages/{seq} (other's) 401   401       401     401   404      404     403    403
DELETE /v1/chats/{chat_id}/messages/{seq} (own)     401   401       401     401   404      404     204    204
DELETE /v1/chats/{chat_id}/messages/{seq} (other's) 401   401       401     401   404      404     403    204

POST   /auth/sign-up                                400   400       400     400   400      400     400    400
POST   /auth/sign-in                                400   400       400     400   400      400     400    400
PUT    /auth/token                                  400   400       400     400   400      400     400    400
GET    /auth/user/get-by-email                      401   401       401     401   200      200     200    200
POST   /messenger/create-chat                       401   401       401     401   200      200     200    200
GET    /messenger/chats                             401   401       401     401   200      200     200    200
GET    /messenger/messages                          401   401       401     401   404      404     200    200

GET    /v1/sync                                     401   401       401     401   200      200     200    200
`;

const ROLES = ['stranger', 'removed', 'member', 'owner'] as const;
type Role = (typeof ROLES)[number];
const COLUMNS = ['no token', 'malformed', 'expired', 'ended', ...ROLES] as const;

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

interface Row {
  /** As in the table. */
  readonly name: string;
  /** `GET /v1/chats` */
  readonly route: string;
  /** By column. */
  readonly statuses: Readonly<Record<string, number>>;
}

function parseMatrix(): Row[] {
  const lines = MATRIX.split('\n').filter((line) => line.includes('/'));
  return lines.map((line) => {
    const [, name = '', statuses = ''] = /^(.*?)\s+((?:\d{3}\s*){8})$/.exec(line) ?? [];
    const [method = '', path = ''] = name.split(/\s+/);
    const byColumn = statuses.split(/\s+/).map((status, index) => [COLUMNS[index], Number(status)]);
    return { name: name.replace(/\s+/, ' '), route: `${method} ${path}`, statuses: Object.fromEntries(byColumn) };
  });
}

/** A chat as the table has it, and whoever may ask for it. */
interface Scene {
  readonly chatId: string;
  readonly users: Readonly<Record<Role, SignedInUser>>;
  /** Somebody else, who is no member but where a request needs one. */
  readonly other: SignedInUser;
  /** Number of the message that a user has sent; of the owner's for who has sent none. */
  readonly seqOf: (user: SignedInUser) => number;
  readonly awsEndpoint: string;
}

type Prepare = (scene: Scene, caller: SignedInUser) => OperationInput | Promise<OperationInput>;

/** What is asked for, by the name in the table; nothing if it does not stand here. */
const REQUESTS: Readonly<Record<string, Prepare>> = {
  'POST /send_message': () => ({ body: {} }),
  'POST /v1/auth/register': () => ({ body: {} }),
  'POST /v1/auth/login': () => ({ body: {} }),
  'DELETE /v1/sessions/{id} (of the member)': async ({ users: { member }, awsEndpoint }) => {
    await openStoredSession(awsEndpoint, member.userId, 60_000);
    const { sessions } = await member.api.ask(listSessions);
    const open = sessions.find(({ current, end }) => !current && end === undefined);
    return { path: { id: open?.id ?? '' } };
  },
  'GET /v1/users': ({ users }) => ({ query: { user_name: users.owner.userName } }),
  'POST /v1/chats': () => ({ body: { chat_name: 'another' } }),
  'GET /v1/chats/{chat_id}': ({ chatId }) => ({ path: { chat_id: chatId } }),
  'POST /v1/chats/{chat_id}/users': async ({ chatId, users, other }) => {
    await users.owner.api.call(removeMember, { path: { chat_id: chatId, user_id: other.userId } });
    return { path: { chat_id: chatId }, body: { user_name: other.userName } };
  },
  'DELETE /v1/chats/{chat_id}/users/{user_id} (other)': async ({ chatId, users, other }) => {
    await users.owner.api.call(addMember, { path: { chat_id: chatId }, body: { user_name: other.userName } });
    return { path: { chat_id: chatId, user_id: other.userId } };
  },
  'DELETE /v1/chats/{chat_id}/users/{user_id} (self)': ({ chatId }, { userId }) => ({
    path: { chat_id: chatId, user_id: userId },
  }),
  'POST /v1/chats/{chat_id}/messages': ({ chatId }) => ({ path: { chat_id: chatId }, body: { message: 'hello' } }),
  'GET /v1/chats/{chat_id}/messages': ({ chatId }) => ({ path: { chat_id: chatId } }),
  'POST /v1/chats/{chat_id}/read': ({ chatId }) => ({ path: { chat_id: chatId }, body: { seq: 1 } }),
  'PATCH /v1/chats/{chat_id}/messages/{seq} (own)': ({ chatId, seqOf }, caller) => ({
    path: { chat_id: chatId, seq: seqOf(caller) },
    body: { message: 'edited' },
  }),
  "PATCH /v1/chats/{chat_id}/messages/{seq} (other's)": ({ chatId, users, seqOf }) => ({
    path: { chat_id: chatId, seq: seqOf(users.removed) },
    body: { message: 'edited' },
  }),
  'DELETE /v1/chats/{chat_id}/messages/{seq} (own)': ({ chatId, seqOf }, caller) => ({
    path: { chat_id: chatId, seq: seqOf(caller) },
  }),
  "DELETE /v1/chats/{chat_id}/messages/{seq} (other's)": ({ chatId, users, seqOf }) => ({
    path: { chat_id: chatId, seq: seqOf(users.removed) },
  }),
  'POST /auth/sign-up': () => ({ body: {} }),
  'POST /auth/sign-in': () => ({ body: {} }),
  'PUT /auth/token': () => ({ body: {} }),
  'GET /auth/user/get-by-email': ({ users }) => ({ query: { email: users.owner.userName } }),
  'POST /messenger/create-chat': ({ other }) => ({ body: { companion_id: other.userId } }),
  'GET /messenger/messages': ({ chatId }) => ({ query: { chat_id: chatId } }),
};

const ROWS = parseMatrix();

describe.each(inject('deployments'))('$name', ({ baseUrl, awsEndpoint }) => {
  let users: Record<Role, SignedInUser>;
  let other: SignedInUser;
  let tokens: Record<'malformed' | 'expired' | 'ended', string>;

  beforeAll(async () => {
    const [stranger, removed, member, owner, another] = await Promise.all(
      [...ROLES, 'other'].map((name) => signInNewUser(baseUrl, name)),
    );
    if (!stranger || !removed || !member || !owner || !another)
      throw new Error('there are not as many as were asked for');
    users = { stranger, removed, member, owner };
    other = another;
    const ended = await openStoredSession(awsEndpoint, owner.userId, 60_000);
    await new ApiClient(baseUrl, ended).ask(logOut);
    const expired = await openStoredSession(awsEndpoint, owner.userId, -1);
    tokens = { malformed: owner.token.slice(1), expired, ended };
  });

  async function setScene(): Promise<Scene> {
    const { removed, member, owner } = users;
    const chatId = await createGroup(owner, removed, member);
    const senders = [owner, removed, member];
    for (const sender of senders) await send(sender, chatId, 'hello');
    await owner.api.ask(removeMember, { path: { chat_id: chatId, user_id: removed.userId } });
    const seqOf = (user: SignedInUser): number => Math.max(senders.indexOf(user), 0) + 1;
    return { chatId, users, other, seqOf, awsEndpoint };
  }

  test('the table holds every route of the deployment, and no other', async () => {
    const answer = await new ApiClient(baseUrl).call(toRoute('GET /openapi.json'));
    const { paths }: { paths: Record<string, object> } = JSON.parse(answer.text);
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = new Set(ROWS.map(({ route }) => route));
    expect([...routes].toSorted()).toEqual(described.toSorted());
  });

  test('every request is for a row of the table', () => {
    const names = ROWS.map(({ name }) => name);
    for (const name of Object.keys(REQUESTS)) expect(names).toContain(name);
  });

  test.each(ROWS)('$name', async ({ name, route, statuses }) => {
    const prepare: Prepare = REQUESTS[name] ?? (() => ({}));
    const scene = await setScene();
    const asked = async (client: ApiClient, caller: SignedInUser): Promise<number> =>
      (await client.call(toRoute(route), await prepare(scene, caller))).status;

    const answered: Record<string, number> = {};
    answered['no token'] = await asked(new ApiClient(baseUrl), users.owner);
    for (const [column, token] of Object.entries(tokens))
      answered[column] = await asked(new ApiClient(baseUrl, token), users.owner);
    for (const role of ROLES) {
      // In a session of its own, as it may be ended.
      const token = await openStoredSession(awsEndpoint, users[role].userId, 60_000);
      answered[role] = await asked(new ApiClient(baseUrl, token), users[role]);
    }
    expect(answered).toEqual(statuses);
  });

  test.each(ROWS.filter(({ statuses }) => statuses['stranger'] === 404 && statuses['owner'] !== 404))(
    'to a stranger, $name answers for an existing chat what it answers for one that does not exist',
    async ({ name, route }) => {
      const { stranger } = users;
      const scene = await setScene();
      const prepare: Prepare = REQUESTS[name] ?? (() => ({}));
      const input = await prepare(scene, stranger);
      const existing = await stranger.api.call(toRoute(route), input);
      const missing = await stranger.api.call(toRoute(route), replaceText(input, scene.chatId, randomUUID()));
      expect(withoutRequestIds(existing)).toEqual(withoutRequestIds(missing));
      expect(existing.text).toContain('There is no such chat');
    },
  );
});

function toRoute(route: string): Route {
  const [name, path = ''] = route.split(' ');
  const method = METHODS.find((known) => known === name);
  if (method === undefined) throw new Error(`"${route}" begins with no method`);
  return { method, path, surface: path.startsWith('/v1/') ? 'v1' : 'counters' };
}

/** The same request with another text in place of one, wherever it stands. */
function replaceText(input: OperationInput, text: string, other: string): OperationInput {
  return JSON.parse(JSON.stringify(input).replaceAll(text, other));
}

/** What differs between any two answers. */
function withoutRequestIds({ headers, ...answer }: Answer): object {
  const kept = Object.entries(headers).filter(([name]) => !/^(date$|x-amz)/.test(name));
  return { ...answer, headers: Object.fromEntries(kept) };
}
