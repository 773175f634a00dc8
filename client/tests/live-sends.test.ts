/** What is sent by a live connection is stored once and in order, whatever is lost. */
import { expect, test, vi } from 'vitest';
import { ConnectionClosedError, NoAnswerError, type LiveMessenger } from '../src/index.ts';
import { CHAT, type Fixture, frameMessages, OTHER_CHAT, startFixture } from './live-fixture.ts';
import type { ScriptedSocket } from './scripted-socket.ts';

interface Open extends Fixture {
  readonly live: LiveMessenger;
  readonly socket: ScriptedSocket;
}

async function open(options: Parameters<Fixture['connect']>[0] = {}): Promise<Open> {
  const fixture = await startFixture();
  const live = await fixture.connect(options);
  const socket = await fixture.server.nextSocket();
  await vi.waitFor(() => expect(live.state).toBe('open'));
  return { ...fixture, live, socket };
}

/** Long enough for a frame that should not be sent to come. */
const A_WHILE_MS = 100;
const aWhile = () => new Promise((resolve) => setTimeout(resolve, A_WHILE_MS));

function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.catch((error: unknown) => error);
}

test('of one chat, each message goes once the one before it is acknowledged', async () => {
  const { live, socket, told } = await open();
  const sends = ['one', 'two', 'three'].map((text) => live.send(CHAT, text));
  for (const [index, text] of ['one', 'two', 'three'].entries()) {
    const sent = await socket.nextMessage();
    expect(sent.text).toBe(text);
    await aWhile();
    expect(socket.received.filter(({ action }) => action === 'send-message')).toHaveLength(index + 1);
    socket.send('ack', { client_id: sent.client_id, seq: index + 1 });
  }
  expect(await Promise.all(sends)).toEqual([1, 2, 3]);
  expect(told).toEqual(['message 1 one', 'message 2 two', 'message 3 three']);
});

test('chats do not wait for each other', async () => {
  const { live, socket } = await open();
  void thrownBy(live.send(CHAT, 'one'));
  void thrownBy(live.send(OTHER_CHAT, 'two'));
  expect((await socket.nextMessage()).text).toBe('one');
  expect((await socket.nextMessage()).text).toBe('two');
});

const refuse = (code: number) => (socket: ScriptedSocket, client_id: string) =>
  socket.send('error', { client_id, code, message: 'later' });
const answerAsGateway = (message: string) => (socket: ScriptedSocket) =>
  socket.sendText(JSON.stringify({ message, connectionId: 'c', requestId: 'r' }));

test.each<[string, number | undefined, (socket: ScriptedSocket, clientId: string) => void]>([
  ['429', undefined, refuse(429)],
  ['503', undefined, refuse(503)],
  ['500', undefined, refuse(500)],
  ["API Gateway's own 429", undefined, answerAsGateway('Too Many Requests')],
  ["API Gateway's own 500", undefined, answerAsGateway('Internal server error')],
  ['an acknowledgement that was lost', 200, () => {}],
])('after %s the message is sent again, with its client id', { timeout: 8_000 }, async (_, timeoutMs, fail) => {
  const { live, socket } = await open(timeoutMs === undefined ? {} : { timeoutMs });
  const send = live.send(CHAT, 'hello');
  const first = await socket.nextMessage();
  fail(socket, first.client_id);
  const second = await socket.nextMessage();
  expect(second).toEqual(first);
  fail(socket, first.client_id);
  expect(await socket.nextMessage()).toEqual(first);
  socket.send('ack', { client_id: first.client_id, seq: 1 });
  expect(await send).toBe(1);
});

test('a message under way when the socket ends is sent by the next one, with its client id, and those after it', async () => {
  const { live, socket, server } = await open();
  const sends = [live.send(CHAT, 'one'), live.send(CHAT, 'two')];
  const first = await socket.nextMessage();
  socket.cut();
  const next = await server.nextSocket();
  expect(await next.nextMessage()).toEqual(first);
  next.send('ack', { client_id: first.client_id, seq: 1 });
  const second = await next.nextMessage();
  next.send('ack', { client_id: second.client_id, seq: 2 });
  expect(await Promise.all(sends)).toEqual([1, 2]);
  expect(second.client_id).not.toBe(first.client_id);
});

test('a message that came otherwise before its acknowledgement is given once', async () => {
  const { live, socket, told } = await open();
  const send = live.send(CHAT, 'text 1');
  const { client_id } = await socket.nextMessage();
  socket.send('send-message', frameMessages(1));
  socket.send('ack', { client_id, seq: 1 });
  expect(await send).toBe(1);
  expect(told).toEqual(['message 1 text 1']);
});

test('what is acknowledged twice is sent once, and the next one is not taken for it', async () => {
  const { live, socket } = await open();
  const sends = [live.send(CHAT, 'one'), live.send(CHAT, 'two')];
  const first = await socket.nextMessage();
  socket.send('ack', { client_id: first.client_id, seq: 1 });
  socket.send('ack', { client_id: first.client_id, seq: 1 });
  const second = await socket.nextMessage();
  socket.send('ack', { client_id: second.client_id, seq: 2 });
  expect(await Promise.all(sends)).toEqual([1, 2]);
});

test('another refusal is thrown, and the next message goes', async () => {
  const { live, socket } = await open();
  const refused = thrownBy(live.send(CHAT, 'one', { clientId: 'used before' }));
  const next = live.send(CHAT, 'two');
  const { client_id } = await socket.nextMessage();
  expect(client_id).toBe('used before');
  socket.send('error', { client_id, code: 409, message: 'the key was used before' });
  expect(await refused).toMatchObject({ name: 'MessengerError', status: 409, message: 'the key was used before' });
  socket.send('ack', { client_id: (await socket.nextMessage()).client_id, seq: 1 });
  expect(await next).toBe(1);
});

test('closing ends what may be stored with another error than what was never sent', async () => {
  const { live, socket } = await open();
  const [sent, waiting] = [thrownBy(live.send(CHAT, 'one')), thrownBy(live.send(CHAT, 'two'))];
  await socket.nextMessage();
  live.close();
  const error = await sent;
  expect(error).toBeInstanceOf(NoAnswerError);
  expect(error).toMatchObject({ cause: expect.any(ConnectionClosedError) });
  expect(await waiting).toBeInstanceOf(ConnectionClosedError);
  expect(await thrownBy(live.send(CHAT, 'three'))).toBeInstanceOf(ConnectionClosedError);
  await socket.closed;
});

test('a signal ends one send, and the next message goes', async () => {
  const { live, socket } = await open();
  const reason = new Error('not needed any more');
  const [sent, waiting] = [new AbortController(), new AbortController()];
  const first = thrownBy(live.send(CHAT, 'one', { signal: sent.signal }));
  const second = thrownBy(live.send(CHAT, 'two', { signal: waiting.signal }));
  const third = live.send(CHAT, 'three');
  await socket.nextMessage();
  waiting.abort(reason);
  expect(await second).toBe(reason);
  sent.abort(reason);
  expect(await first).toMatchObject({ name: 'NoAnswerError', cause: reason });
  const { client_id, text } = await socket.nextMessage();
  expect(text).toBe('three');
  socket.send('ack', { client_id, seq: 1 });
  expect(await third).toBe(1);
});

test('two messages that are sent at once have two client ids', async () => {
  const { live } = await open();
  void thrownBy(live.send(CHAT, 'one', { clientId: 'mine' }));
  await expect(live.send(OTHER_CHAT, 'two', { clientId: 'mine' })).rejects.toThrow('is being sent already');
});
