/** Contract of the open stream, as its existing clients use it. */
import { randomUUID } from 'node:crypto';
import { Agent, setGlobalDispatcher } from 'undici';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { call, lastRowOf, postMessage, rowsOf, sendMessage } from '../support/open-stream-client.ts';

/** A name that no other test uses. */
const newSender = (): string => `sender ${randomUUID()}`;

describe.each(inject('deployments'))('$name', ({ baseUrl, maxConnections }) => {
  beforeAll(() => setGlobalDispatcher(new Agent({ connections: maxConnections })));

  test('GET / says that the store answers', async () => {
    const { status, headers, text } = await call(`${baseUrl}/`, 'GET');
    expect({ status, body: JSON.parse(text) }).toEqual({ status: 200, body: { status: 'ok', store: 'ok' } });
    expect(headers['content-type']).toBe('application/json');
  });

  test('an answer ends with the message just sent, and Message_sent comes last', async () => {
    const sender = newSender();
    const answer = await sendMessage(baseUrl, sender, 'hello');
    const [id, ...rest] = lastRowOf(answer);
    expect(rest).toEqual([sender, 'hello', expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/), 1]);
    expect(Object.keys(answer).at(-1)).toBe('Message_sent');
    expect(answer.Message_sent).toEqual([id]);
    expect(Math.abs(Date.parse(lastRowOf(answer)[3]) - Date.now())).toBeLessThan(60_000);
  });

  test('an answer holds the last ten messages, oldest first, under "0" to "9"', async () => {
    const sender = newSender();
    const ids: number[] = [];
    for (let index = 0; index < 12; index++)
      ids.push(...(await sendMessage(baseUrl, sender, `message ${index}`)).Message_sent);
    const answer = await sendMessage(baseUrl, sender, 'the last');
    expect(Object.keys(answer)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'Message_sent']);
    const rows = rowsOf(answer);
    expect(rows.map(([id]) => id)).toEqual(Array.from({ length: 10 }, (_, index) => rows[0]![0] + index));
    const own = rows.filter(([, from]) => from === sender);
    expect(own.at(-1)?.[4]).toBe(13);
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
  });

  test('a route without its slash at the end is the same route', async () => {
    const body = JSON.stringify({ sender: newSender(), text: 'hello' });
    const answer = await call(`${baseUrl}/send_message`, 'POST', { 'content-type': 'application/json' }, body);
    expect(answer.status).toBe(200);
  });

  test.each([
    ['one character', 'x', 'y'],
    ['64 characters outside the basic plane and 4,096 of them', '😀'.repeat(64), '😀'.repeat(4_096)],
    ['names that mean something to JavaScript', '__proto__', 'constructor'],
    ['control characters and quotes', 'a\u0000"\\\n', '\u0001\u2028"</script>'],
    ['spaces', ' ', '   '],
  ])('takes %s', async (_, sender, text) => {
    const answer = await sendMessage(baseUrl, sender, text);
    expect(lastRowOf(answer).slice(1, 3)).toEqual([sender, text]);
  });

  test('200 senders at once, three messages each, are numbered without gap or repeat', async () => {
    const senders = Array.from({ length: 200 }, newSender);
    const answers = await Promise.all(
      senders.flatMap((sender) => ['a', 'b', 'c'].map((text) => sendMessage(baseUrl, sender, text))),
    );
    const ids = answers.map(({ Message_sent: [id] }) => id).toSorted((a, b) => a - b);
    expect(new Set(ids).size).toBe(600);
    const rows = new Map(answers.flatMap(rowsOf).map((row) => [row[0], JSON.stringify(row)]));
    for (const row of answers.flatMap(rowsOf)) expect(JSON.stringify(row)).toBe(rows.get(row[0]));
    for (const answer of answers) {
      const answered = rowsOf(answer).map(([id]) => id);
      expect(answered).toEqual(answered.map((_, index) => answered[0]! + index));
      expect(answered.at(-1)).toBe(answer.Message_sent[0]);
    }
    for (const sender of senders) {
      const own = answers.map(lastRowOf).filter(([, from]) => from === sender);
      expect(new Set(own.map((row) => row[4]))).toEqual(new Set([1, 2, 3]));
    }
  });

  describe('with an Idempotency-Key', () => {
    test('a repeat gets the first answer, also after many other messages', async () => {
      const [sender, key] = [newSender(), randomUUID()];
      const first = await sendMessage(baseUrl, sender, 'once', key);
      expect(await sendMessage(baseUrl, sender, 'once', key)).toEqual(first);
      for (let index = 0; index < 40; index++) await sendMessage(baseUrl, newSender(), `other ${index}`);
      expect(await sendMessage(baseUrl, sender, 'once', key)).toEqual(first);
    });

    test('twenty repeats at once store one message', async () => {
      const [sender, key] = [newSender(), randomUUID()];
      const answers = await Promise.all(Array.from({ length: 20 }, () => sendMessage(baseUrl, sender, 'once', key)));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(lastRowOf(await sendMessage(baseUrl, sender, 'second'))[4]).toBe(2);
    });

    test('another text under the same key is a conflict and stores nothing', async () => {
      const [sender, key] = [newSender(), randomUUID()];
      await sendMessage(baseUrl, sender, 'once', key);
      const { status, text } = await postMessage(baseUrl, { sender, text: 'another' }, key);
      expect(status).toBe(409);
      expect(text).toContain('idempotency key');
      expect(lastRowOf(await sendMessage(baseUrl, sender, 'second'))[4]).toBe(2);
    });

    test('the same key of another sender is another key', async () => {
      const key = randomUUID();
      const [one, other] = [newSender(), newSender()];
      const first = await sendMessage(baseUrl, one, 'hello', key);
      expect((await sendMessage(baseUrl, other, 'hello', key)).Message_sent).not.toEqual(first.Message_sent);
    });

    test.each([[''], ['x'.repeat(65)]])('of %j is refused', async (key) => {
      const { status, text } = await postMessage(baseUrl, { sender: newSender(), text: 'hello' }, key);
      expect(status).toBe(422);
      expect(JSON.parse(text).detail[0].loc).toEqual(['header', 'Idempotency-Key']);
    });
  });
});
