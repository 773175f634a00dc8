/** Who is there and who is typing: said, repeated, and forgotten in time. */
import { afterEach, expect, test, vi } from 'vitest';
import { OwnPresence } from '../src/own-presence.ts';
import { SeenPresence } from '../src/seen-presence.ts';
import { ANN, BOB, CHAT, OTHER_CHAT, startFixture } from './live-fixture.ts';

afterEach(() => vi.useRealTimers());

test('one’s presence is said at once, again by the next socket, and goodbye at the end', async () => {
  const { server, connect } = await startFixture();
  const live = await connect();
  const socket = await server.nextSocket();
  await vi.waitFor(() => expect(live.state).toBe('open'));
  live.setPresence(CHAT, 'online');
  live.setPresence(OTHER_CHAT, 'away');
  live.setPresence(OTHER_CHAT, 'offline');
  expect(await socket.next('presence')).toEqual({ chat_id: CHAT, status: 'online' });
  expect(await socket.next('presence')).toEqual({ chat_id: OTHER_CHAT, status: 'away' });
  expect(await socket.next('presence')).toEqual({ chat_id: OTHER_CHAT, status: 'offline' });
  socket.cut();
  const next = await server.nextSocket();
  expect(await next.next('presence')).toEqual({ chat_id: CHAT, status: 'online' });
  live.close();
  expect(await next.next('presence')).toEqual({ chat_id: CHAT, status: 'offline' });
  await next.closed;
  expect(next.received).toHaveLength(2);
});

test('one’s presence is repeated twice before it would be over', () => {
  vi.useFakeTimers();
  const said: string[] = [];
  const presence = new OwnPresence((_, status) => said.push(status));
  presence.set(CHAT, 'online');
  vi.advanceTimersByTime(55_000);
  expect(said).toEqual(['online', 'online', 'online']);
  presence.set(CHAT, 'offline');
  expect(vi.getTimerCount()).toBe(0);
});

test('what is said before the socket is open is said then', async () => {
  const { server, connect } = await startFixture();
  const live = await connect();
  live.setPresence(CHAT, 'online');
  expect(await (await server.nextSocket()).next('presence')).toEqual({ chat_id: CHAT, status: 'online' });
});

test('typing is said at most every three seconds in each chat', async () => {
  const { server, connect } = await startFixture();
  const live = await connect();
  const socket = await server.nextSocket();
  await vi.waitFor(() => expect(live.state).toBe('open'));
  live.typing(CHAT);
  live.typing(CHAT);
  live.typing(OTHER_CHAT);
  expect(await socket.next('typing')).toEqual({ chat_id: CHAT });
  expect(await socket.next('typing')).toEqual({ chat_id: OTHER_CHAT });
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_001);
  live.typing(CHAT);
  expect(await socket.next('typing')).toEqual({ chat_id: CHAT });
});

/** @param serverAheadMs how far the server's clock is before this machine's */
function see(serverAheadMs = 0) {
  vi.useFakeTimers({ now: 1_000_000_000 });
  const told: string[] = [];
  const seen = new SeenPresence(({ user_id, status }) => told.push(`${user_id === ANN ? 'ann' : 'bob'} ${status}`));
  const take = (user_id: string, status: 'online' | 'away' | 'offline', forMs: number) =>
    seen.take({ chat_id: CHAT, user_id, status, until: new Date(Date.now() + serverAheadMs + forMs).toISOString() });
  return { told, seen, take };
}

test.each([
  ['right', 0],
  ['an hour fast', -3_600_000],
  ['an hour slow', 3_600_000],
])('who is not heard of any more is offline from then on, by a clock that is %s', (_, serverAheadMs) => {
  const { told, take } = see(serverAheadMs);
  take(BOB, 'online', 60_000);
  vi.advanceTimersByTime(30_000);
  take(BOB, 'online', 60_000);
  vi.advanceTimersByTime(59_999);
  expect(told).toEqual(['bob online']);
  vi.advanceTimersByTime(1);
  expect(told).toEqual(['bob online', 'bob offline']);
});

test('only changes are told, of each member', () => {
  const { told, take } = see();
  take(BOB, 'offline', 60_000);
  take(BOB, 'online', 60_000);
  take(ANN, 'online', 60_000);
  take(BOB, 'online', 60_000);
  take(BOB, 'away', 60_000);
  take(BOB, 'offline', 60_000);
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual(['bob online', 'ann online', 'bob away', 'bob offline', 'ann offline']);
});

test('what was said before, and comes late, is not told', () => {
  const { told, take } = see();
  take(BOB, 'offline', 60_000);
  take(BOB, 'online', 59_000);
  expect(told).toEqual([]);
});

test('after its end nothing is told', () => {
  const { told, take, seen } = see();
  take(BOB, 'online', 60_000);
  seen.end();
  expect(vi.getTimerCount()).toBe(0);
  expect(told).toEqual(['bob online']);
});
