/** The requests of a load are right ones, differ from each other, and are the same in each run. */
import { describe, expect, test } from 'vitest';
import { sendMessageRequest } from '../../shared/contract/open-stream.ts';
import { sendMessage } from '../../shared/contract/v1/messages.ts';
import type { Job } from '../job.ts';
import { makeGroups } from '../population/make-groups.ts';
import { makeRequests } from './make-requests.ts';

const JOB = { kind: 'open-send', chats: 100 } as const;

test('every body fits the contract, with a text of 50 to 100 characters', () => {
  for (const { body } of makeRequests(JOB, 'each', 0)) {
    const { text } = sendMessageRequest.parse(JSON.parse(String(body)));
    expect(text.length).toBeGreaterThanOrEqual(50);
    expect(text.length).toBeLessThanOrEqual(100);
  }
});

test('senders, texts and chats vary', () => {
  const requests = makeRequests(JOB, 'each', 0);
  const messages = requests.map(({ body }) => sendMessageRequest.parse(JSON.parse(String(body))));
  expect(new Set(messages.map(({ sender }) => sender)).size).toBeGreaterThan(50);
  expect(new Set(messages.map(({ text }) => text)).size).toBe(requests.length);
  expect(new Set(requests.map(({ path }) => path)).size).toBeGreaterThan(50);
});

test('two connections send different requests, and each the same ones every time', () => {
  expect(makeRequests(JOB, 'each', 1)).toEqual(makeRequests(JOB, 'each', 1));
  expect(makeRequests(JOB, 'each', 1)).not.toEqual(makeRequests(JOB, 'each', 0));
});

test('one chat is the open stream, and without keys there is no header for them', () => {
  const [request] = makeRequests({ kind: 'open-send', chats: 1 }, 'none', 0);
  expect(request?.path).toBe('/send_message/');
  expect(request?.headers).toEqual({ 'Content-Type': 'application/json' });
});

describe('a member', () => {
  const population = makeGroups(100);
  const job: Job = { kind: 'member-send', population };

  test('sends to chats of their own, in a session of their own', () => {
    const senders = Array.from({ length: 100 }, (_, connection) => {
      const requests = makeRequests(job, 'each', connection);
      const tokens = new Set(requests.map(({ headers }) => headers?.['Authorization']));
      const place = population.users.findIndex(({ token }) => tokens.has(`Bearer ${token}`));
      const own = population.chats.filter(({ members }) => members.includes(place));
      const paths = own.map(({ id }) => `/v1/chats/${id}/messages`);
      expect(new Set(requests.map(({ path }) => path))).toEqual(new Set(paths));
      expect(tokens.size).toBe(1);
      for (const { body } of requests) sendMessage.body?.parse(JSON.parse(String(body)));
      return place;
    });
    expect(new Set(senders).size).toBe(100);
  });

  test('who lists their chats is the first, and asks for all of them', () => {
    const requests = makeRequests({ kind: 'list-chats', population }, 'none', 7);
    expect(requests).toEqual([
      {
        method: 'GET',
        path: '/v1/chats?limit=100',
        headers: { Authorization: `Bearer ${population.users[0]?.token}` },
      },
    ]);
  });
});
