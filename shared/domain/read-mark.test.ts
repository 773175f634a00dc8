/** A mark made anywhere in a chat counts the member's own messages before it as a naive count does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listMessages } from '../../tests/support/chat-checks.ts';
import { connect, FaultyNetwork } from '../../tests/support/faulty-network.ts';
import { SimulatedChatStore } from '../../tests/support/simulated-chat-store.ts';
import { makeChunk } from './chunk.ts';
import { makeRoom } from './make-room.ts';
import { requireMember } from './membership.ts';
import { makeReadMark } from './read-mark.ts';
import { countUnread } from './unread.ts';

const CHAT = 'chat';

const action = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('send'), by: fc.constantFrom('ann', 'bob') } as const) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('rejoin', 'archive'), by: fc.constant('bob') } as const) },
);

test('wherever messages are, and however often the member has left and come back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 60 }), async (actions) => {
      const simulated = new SimulatedChatStore();
      simulated.createChat(CHAT, { kind: 'group', name: '', createdAt: 0, owner: 'ann', members: ['ann', 'bob'] });
      const network = new FaultyNetwork({ yield: async () => {}, nextFault: () => undefined });
      const { store } = connect(network, 'environment', { store: simulated, signals: [] }, () => {});
      for (const [index, { kind, by }] of actions.entries()) {
        const { head } = simulated;
        if (kind === 'send')
          simulated.append(CHAT, head, makeChunk(`${index}`, 0, [{ sender: by, text: `${index}` }]), new Map());
        else if (kind === 'archive') await makeRoom(store, CHAT, head, { chunks: 0, bytes: 0, senders: 0 });
        else simulated.join(CHAT, simulated.leave(CHAT, head, by, 'ann'), by);
      }

      const head = requireMember(simulated.head, 'bob');
      const messages = listMessages(head, simulated.readRuns(CHAT, 1, head.seq));
      const joined = head.membership.joined.get('bob') ?? 0;
      for (let seq = joined; seq <= head.seq; seq++) {
        const mark = await makeReadMark(store, CHAT, head, 'bob', seq);
        const others = messages.slice(seq).filter(({ sender }) => sender !== 'bob');
        expect(countUnread(head, 'bob', mark)).toBe(others.length);
      }
    }),
  );
});
