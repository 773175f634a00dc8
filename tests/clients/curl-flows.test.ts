/** What clients of each contract do, with curl, and wscat for the socket. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import * as z from 'zod';
import { runProgram } from './run-program.ts';

const FLOWS = path.resolve(import.meta.dirname, '../flows');
const uuid = expect.stringMatching(/^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/);
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const listed = z.object({ messages: z.array(z.object({ id: z.string(), text: z.string() })) });
const socketFrame = z.strictObject({
  topic: z.literal('messenger'),
  action: z.literal('send-message'),
  payload: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(listed),
});

describe.each(inject('deployments'))('$name', ({ baseUrl, socketUrl }) => {
  /** What a flow prints, line by line. */
  async function runFlow(file: string, ...urls: readonly string[]): Promise<unknown[]> {
    const args = [path.join(FLOWS, file), baseUrl, ...urls, `-${randomUUID()}`];
    const { exitCode, stdout, stderr } = await runProgram('bash', args);
    if (exitCode !== 0) throw new Error(`${file} ended with ${exitCode}:\n${stdout}\n${stderr}`);
    return stdout.split('\n').map((line) => JSON.parse(line));
  }

  test.concurrent(
    'counters: Bob signs up and writes to Alice, who finds two unread messages and reads them',
    async () => {
      const [bob, alice, first, second, before, messages, after, ...more] = await runFlow('counters.sh');

      expect([bob, alice]).toEqual([{}, {}]);
      expect([first, second]).toEqual([{ message_id: '1' }, { message_id: '2' }]);
      const participants = expect.arrayContaining([
        { id: uuid, name: 'Bob', surname: 'Tallor' },
        { id: uuid, name: 'Alice', surname: 'Swift' },
      ]);
      const chat = { id: uuid, create_time: time, participants, unread_count: 2 };
      expect(before).toEqual({ total: 1, limit: 20, offset: 0, chats: [chat] });
      const message = { status: 'read', create_time: time, user_id: uuid, chat_id: uuid };
      expect(messages).toEqual({
        total: 2,
        limit: 20,
        offset: 0,
        messages: [
          { ...message, id: '1', text: 'Hello, Alice' },
          { ...message, id: '2', text: 'How are you?' },
        ],
      });
      expect(after).toMatchObject({ chats: [{ unread_count: 0 }] });
      expect(more).toEqual([]);
    },
  );

  test
    .skipIf(socketUrl === undefined)
    .concurrent(
      'counters: Bob writes to Alice from socket to socket, and she is told in the order in which it is stored',
      async () => {
        const lines = await runFlow('sockets.sh', socketUrl!);

        const frames = lines.slice(0, -1).map((line) => socketFrame.parse(line));
        const told = frames.flatMap(({ payload }) => payload.messages);
        // Frames that are sent without waiting may reach several environments: there is no order between those.
        expect(new Set(told.map(({ text }) => text))).toEqual(new Set(['Hello, Alice!', 'What is up?', 'I miss you!']));
        const byId = told.toSorted((one, other) => Number(one.id) - Number(other.id));
        expect(byId).toEqual(listed.parse(lines.at(-1)).messages);
      },
    );

  test.concurrent('v1: Ann and Bob register, talk, page through the messages, and Ann logs out', async () => {
    const [ann, bob, added, ...rest] = await runFlow('v1.sh');

    expect([ann, bob]).toEqual([{ user_id: uuid }, { user_id: uuid }]);
    expect(added).toEqual(bob);
    expect(rest.slice(0, 5)).toEqual(['1', '2', '3', '4', '5'].map((id) => ({ message_id: id })));
    const next = { iterator: expect.any(String) };
    expect(rest.slice(5, 8)).toMatchObject([
      { messages: [{ text: 'one', created_at: time }, { text: 'two' }], next },
      { messages: [{ text: 'three' }, { text: 'four' }], next },
      { messages: [{ text: 'five' }] },
    ]);
    expect(rest[7]).not.toHaveProperty('next');
    expect(rest.slice(8)).toEqual([200, 401, 200]);
  });
});
