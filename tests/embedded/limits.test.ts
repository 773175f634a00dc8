/** How many requests are taken: of everybody by each route, and of one session. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listChats } from '../../shared/contract/v1/chats.ts';
import { EngineProcess } from '../support/engine-process.ts';
import { type Answer, call } from '../support/open-stream-client.ts';
import { type SignedInUser, signInNewUser } from '../support/signed-in-user.ts';

/** So many that some are refused, however slowly they are answered. */
const REQUESTS = 100;

let engine: EngineProcess;
let baseUrl: string;

beforeAll(async () => {
  engine = await EngineProcess.start({ environment: { THROTTLE: '20', SESSION_THROTTLE: '5' } });
  baseUrl = engine.describe().apiUrls[0]!;
});

afterAll(() => engine.discard());

function askAtOnce(ask: () => Promise<Answer>): Promise<Answer[]> {
  return Promise.all(Array.from({ length: REQUESTS }, ask));
}

function expectSomeRefused(answers: readonly Answer[], body: unknown): void {
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(REQUESTS - refused.length);
  expect(refused).not.toHaveLength(REQUESTS);
  for (const { headers, text } of refused) {
    expect(JSON.parse(text)).toEqual(body);
    expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
  }
}

test('a route of the chats refuses what is too much at once; another route and the open stream take it', async () => {
  const answers = await askAtOnce(() => call(`${baseUrl}/ping`, 'GET'));
  expectSomeRefused(answers, { code: 429, message: 'too-many-requests' });
  expect((await call(`${baseUrl}/ping_db`, 'GET')).status).toBe(200);

  const health = await askAtOnce(() => call(`${baseUrl}/`, 'GET'));
  expect(new Set(health.map(({ status }) => status))).toEqual(new Set([200]));
});

test('a session that asks too much at once is refused; another one of somebody else is not', async () => {
  const [ann, bob]: [SignedInUser, SignedInUser] = [
    await signInNewUser(baseUrl, 'ann'),
    await signInNewUser(baseUrl, 'bob'),
  ];
  // Few enough for the route, too many for the session.
  const answers = await Promise.all(Array.from({ length: 15 }, () => ann.api.call(listChats)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  for (const { headers, text } of refused) {
    expect(JSON.parse(text)).toEqual({ message: 'too-many-requests', detail: expect.any(String) });
    expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
  }
  expect((await bob.api.call(listChats)).status).toBe(200);
});
