/** Who is told what, in which order, and what becomes of those who cannot be told. */
import { beforeEach, describe, expect, test } from 'vitest';
import { SimulatedSockets } from '../../tests/support/simulated-sockets.ts';
import { LiveDelivery } from './live-delivery.ts';
import type { LiveEvent, LiveNews } from './live-events.ts';

const CHAT = 'chat';
const MEMBERS = new Set(['ann', 'bob']);

let sockets: SimulatedSockets;
let errors: unknown[];
let live: LiveDelivery;

beforeEach(() => {
  sockets = new SimulatedSockets();
  errors = [];
  live = connect();
});

const write = (chatId: string, event: LiveEvent): string[] => [`${chatId}: ${describeEvent(event)}`];

function connect(): LiveDelivery {
  return new LiveDelivery({ ...sockets.ports, write, onError: (error) => errors.push(error) });
}

function describeEvent(event: LiveEvent): string {
  return event.kind === 'sent' ? event.messages.map(({ seq }) => seq).join(' ') : event.kind;
}

function sent(seq: number, rest: Partial<LiveNews> = {}): LiveNews {
  const message = { seq, sender: 'ann', text: 'hello', createdAt: 0, ordinal: seq };
  return { chatId: CHAT, members: MEMBERS, event: { kind: 'sent', messages: [message] }, ...rest };
}

describe('what happens in a chat', () => {
  test('is told to every socket of every member, and to nobody else', async () => {
    sockets.open('a1', 'ann');
    sockets.open('a2', 'ann');
    sockets.open('b1', 'bob');
    sockets.open('s1', 'stranger');
    await live.tell(sent(1));
    expect(sockets.told).toEqual({ a1: ['chat: 1'], a2: ['chat: 1'], b1: ['chat: 1'] });
  });

  test('is not told to the socket by which it came', async () => {
    sockets.open('a1', 'ann');
    sockets.open('a2', 'ann');
    await live.tell(sent(1, { origin: 'a1' }));
    expect(sockets.told).toEqual({ a2: ['chat: 1'] });
  });

  test('in the same moment is told together, in order of the numbers, to each without its own', async () => {
    sockets.open('a1', 'ann');
    sockets.open('b1', 'bob');
    await Promise.all([
      live.tell(sent(2)),
      live.tell(sent(1, { origin: 'b1' })),
      live.tell({ chatId: CHAT, members: MEMBERS, event: { kind: 'read', user: 'ann', seq: 2 } }),
    ]);
    expect(sockets.told).toEqual({ a1: ['chat: 1 2', 'chat: read'], b1: ['chat: 2', 'chat: read'] });
  });

  test('in the same moment is told by its last word, where later ones stand for earlier ones', async () => {
    sockets.open('b1', 'bob');
    const tell = (event: LiveEvent): Promise<void> => live.tell({ chatId: CHAT, members: MEMBERS, event });
    const shown: LiveEvent[] = [];
    live = new LiveDelivery({ ...sockets.ports, write: (_, event) => (shown.push(event), ['x']), onError: () => {} });
    const presence = { kind: 'presence', user: 'ann', status: 'online', until: 1 } as const;
    await Promise.all([
      tell(presence),
      tell({ kind: 'read', user: 'ann', seq: 1 }),
      tell({ kind: 'read', user: 'bob', seq: 1 }),
      tell({ kind: 'latest', seq: 1 }),
      tell({ kind: 'read', user: 'ann', seq: 2 }),
      tell({ kind: 'latest', seq: 2 }),
      tell({ ...presence, status: 'offline' }),
    ]);
    expect(shown).toEqual([
      { kind: 'read', user: 'bob', seq: 1 },
      { kind: 'read', user: 'ann', seq: 2 },
      { kind: 'latest', seq: 2 },
      { ...presence, status: 'offline' },
    ]);
  });

  test('while a push is under way waits for it, and goes together in the next one', async () => {
    sockets.open('b1', 'bob');
    const release = sockets.hold('b1');
    const told = [live.tell(sent(1))];
    await expect.poll(() => sockets.told).toEqual({ b1: ['chat: 1'] });
    told.push(live.tell(sent(2)), live.tell(sent(3)));
    release();
    await Promise.all(told);
    expect(sockets.told).toEqual({ b1: ['chat: 1', 'chat: 2 3'] });
  });

  test('does not wait for another chat', async () => {
    sockets.open('b1', 'bob');
    sockets.open('c1', 'cat');
    const release = sockets.hold('b1');
    const slow = live.tell(sent(1));
    await live.tell(sent(1, { chatId: 'other', members: new Set(['cat']) }));
    expect(sockets.told['c1']).toEqual(['other: 1']);
    release();
    await slow;
  });

  test('is told to whom it is for, also where members have changed in between', async () => {
    sockets.open('a1', 'ann');
    sockets.open('b1', 'bob');
    await Promise.all([live.tell(sent(1)), live.tell(sent(2, { members: new Set(['ann']) }))]);
    expect(sockets.told).toEqual({ a1: ['chat: 1 2'], b1: ['chat: 1'] });
  });
});

describe('a socket', () => {
  test('that is gone is forgotten', async () => {
    sockets.open('b1', 'bob');
    sockets.open('b2', 'bob');
    sockets.cut('b1');
    await live.tell(sent(1));
    expect(sockets.kept).toEqual(['b2']);
    expect(sockets.told).toEqual({ b2: ['chat: 1'] });
  });

  test('that is being opened is kept, although API Gateway does not know it yet', async () => {
    sockets.open('b1', 'bob', { openedAt: Date.now() - 1_000 });
    sockets.cut('b1');
    await live.tell(sent(1));
    expect(sockets.kept).toEqual(['b1']);
  });

  test('whose time is over is told nothing, and closed', async () => {
    sockets.open('b1', 'bob', { validUntil: Date.now() - 1 });
    await live.tell(sent(1));
    expect(sockets.told).toEqual({});
    expect(sockets.kept).toEqual([]);
    expect(sockets.closed).toEqual(['b1']);
  });

  test('whose time is over and that cannot be removed costs nobody else anything', async () => {
    sockets.open('b1', 'bob', { validUntil: Date.now() - 1 });
    sockets.open('a1', 'ann');
    const { ports } = sockets;
    const unremovable = { ...ports.sockets, remove: () => Promise.reject(new Error('the store is away')) };
    live = new LiveDelivery({ ...ports, sockets: unremovable, write, onError: (error) => errors.push(error) });
    await live.tell(sent(1));
    expect(sockets.told).toEqual({ a1: ['chat: 1'] });
    expect(errors).toHaveLength(1);
  });

  test('that cannot be reached holds up no other, and fails nothing', async () => {
    sockets.open('b1', 'bob');
    sockets.open('a1', 'ann');
    sockets.breakDown('b1');
    await live.tell(sent(1));
    expect(sockets.told).toEqual({ a1: ['chat: 1'] });
    expect(sockets.kept).toEqual(['a1', 'b1']);
    expect(errors).toHaveLength(1);
  });
});

test('a store that does not answer fails nothing', async () => {
  sockets.open('b1', 'bob');
  sockets.isAway = true;
  await live.tell(sent(1));
  sockets.isAway = false;
  expect(errors).toHaveLength(1);
  await live.tell(sent(2));
  expect(sockets.told).toEqual({ b1: ['chat: 2'] });
});

test.each([
  [32, 'by whoever has sent to it'],
  [33, 'by others, who are told for whom it is and by which socket it came'],
])('a chat of %i members is pushed to %s', async (count) => {
  const names = Array.from({ length: count }, (_, index) => `s${index}`);
  for (const name of names) sockets.open(name, name);
  const members = new Set(names);
  await Promise.all([live.tell(sent(1, { members })), live.tell(sent(2, { members, origin: 's0' }))]);
  const queued = [sent(1, { members }), sent(2, { members, origin: 's0' })];
  expect(sockets.queued).toEqual(count > 32 ? queued : []);
  expect(Object.keys(sockets.told)).toEqual(count > 32 ? [] : names);
});
