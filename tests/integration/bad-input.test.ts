/** Bad input gets a precise answer and changes nothing. */
import { randomUUID } from 'node:crypto';
import { describe, expect, inject, test } from 'vitest';
import { type Differences, expectedOn } from '../support/known-differences.ts';
import { type Answer, call, lastRowOf, sendMessage } from '../support/open-stream-client.ts';

const json = { 'Content-Type': 'application/json' };

const unlimitedRequest = {
  observed: 422,
  why: 'requests of any size reach the function; here it refuses their text.',
};
const unlimitedRequests: Differences = { localstack: unlimitedRequest, ministack: unlimitedRequest };

describe.each(inject('deployments'))('$name', ({ baseUrl, engine }) => {
  const post = (body: string | Buffer, headers: Record<string, string> = json): Promise<Answer> =>
    call(`${baseUrl}/send_message/`, 'POST', headers, body);

  /** Sends a message before and after: both are numbered as if nothing had been in between. */
  async function expectNothingWritten(between: () => Promise<void>): Promise<void> {
    const sender = `witness ${randomUUID()}`;
    const before = lastRowOf(await sendMessage(baseUrl, sender, 'before'));
    await between();
    const after = lastRowOf(await sendMessage(baseUrl, sender, 'after'));
    expect([after[0], after[4]]).toEqual([before[0] + 1, 2]);
  }

  test.each([
    ['not JSON', '{"sender": "ann", "text"', ['body']],
    ['nothing', '', ['body']],
    ['a list', '[]', ['body']],
    ['null', 'null', ['body']],
    ['no sender', '{"text": "hello"}', ['body', 'sender']],
    ['no text', '{"sender": "ann"}', ['body', 'text']],
    ['a number for the sender', '{"sender": 7, "text": "hello"}', ['body', 'sender']],
    ['null for the text', '{"sender": "ann", "text": null}', ['body', 'text']],
    ['an unknown field', '{"sender": "ann", "text": "hello", "colour": "red"}', ['body', 'colour']],
    ['an empty sender', '{"sender": "", "text": "hello"}', ['body', 'sender']],
    ['an empty text', '{"sender": "ann", "text": ""}', ['body', 'text']],
    ['a sender of 65 characters', JSON.stringify({ sender: 'x'.repeat(65), text: 'hello' }), ['body', 'sender']],
    ['a text of 4,097 characters', JSON.stringify({ sender: 'ann', text: 'x'.repeat(4_097) }), ['body', 'text']],
    ['half a surrogate pair', String.raw`{"sender": "ann", "text": "\ud83d"}`, ['body', 'text']],
    ['bytes that are not UTF-8', Buffer.from('{"sender": "ann", "text": "\xff\xfe"}', 'latin1'), ['body']],
  ])('%s is answered 422 with the field named', async (_, body, location) => {
    await expectNothingWritten(async () => {
      const { status, headers, text } = await post(body);
      expect(status).toBe(422);
      expect(headers['content-type']).toBe('application/json');
      const { detail } = JSON.parse(text);
      expect(detail).toEqual([{ loc: location, msg: expect.any(String), type: expect.any(String) }]);
    });
  });

  test('every wrong field is named', async () => {
    const { text } = await post('{"sender": 1, "text": 2, "x": 3}');
    const locations = JSON.parse(text).detail.map(({ loc }: { loc: string[] }) => loc.join('.'));
    expect(locations).toEqual(['body.sender', 'body.text', 'body.x']);
  });

  test.each([['text/plain'], ['application/x-www-form-urlencoded'], ['application/jsonp']])(
    'the content type %s is answered 415',
    async (contentType) => {
      await expectNothingWritten(async () => {
        const { status, text } = await post('{"sender": "ann", "text": "hello"}', { 'Content-Type': contentType });
        expect(status).toBe(415);
        expect(text).toContain(contentType);
      });
    },
  );

  test('a content type with parameters is JSON too', async () => {
    const body = JSON.stringify({ sender: 'ann', text: 'hello' });
    expect((await post(body, { 'Content-Type': 'application/json; charset=utf-8' })).status).toBe(200);
  });

  test.for([['more than API Gateway takes', 11] as const, ['more than Lambda takes', 7] as const])(
    '%s, %i MB, is answered 413',
    async ([, megabytes], { task }) => {
      await expectNothingWritten(async () => {
        const { status } = await post(JSON.stringify({ sender: 'ann', text: 'x'.repeat(megabytes * 1024 * 1024) }));
        expect(status).toBe(expectedOn(engine, 413, unlimitedRequests, task));
      });
    },
  );

  test.each([
    ['GET', '/send_message/'],
    ['PUT', '/send_message/'],
    ['POST', '/'],
    ['POST', '/send_messages'],
    ['GET', '/admin'],
  ])('%s %s is answered 403, as API Gateway does for what it does not route', async (method, path) => {
    const { status, text } = await call(`${baseUrl}${path}`, method, json);
    expect({ status, message: JSON.parse(text).message }).toEqual({
      status: 403,
      message: 'Missing Authentication Token',
    });
  });

  test('a CORS preflight is answered without a function', async () => {
    const headers = { Origin: 'http://localhost:3000', 'Access-Control-Request-Method': 'POST' };
    const answer = await call(`${baseUrl}/send_message/`, 'OPTIONS', headers);
    expect(answer.status).toBe(204);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['access-control-allow-headers']).toContain('Idempotency-Key');
  });
});
