import { expect, test } from 'vitest';
import { ChatWriter } from '../../shared/domain/chat-writer.ts';
import type { Inbox } from '../../shared/domain/inbox.ts';
import { connect, FaultyNetwork } from '../../tests/support/faulty-network.ts';
import { SimulatedChatStore } from '../../tests/support/simulated-chat-store.ts';
import { SimulatedInbox } from '../../tests/support/simulated-inbox.ts';
import { simulatedPeople as people } from '../../tests/support/simulated-people.ts';
import { addMember } from './add-member.ts';
import { createChat } from './create-chat.ts';
import { removeMember } from './remove-member.ts';
import { showChat } from './show-chat.ts';

test.each([
  { what: 'leaves', comesBack: false, readSeqs: { ann: 0 } },
  { what: 'leaves and comes back', comesBack: true, readSeqs: { ann: 0, bob: 1 } },
])('a member who $what while the marks are read is shown as after that', async ({ comesBack, readSeqs }) => {
  const network = new FaultyNetwork({ yield: () => Promise.resolve(), nextFault: () => undefined });
  const ports = { store: new SimulatedChatStore(), inbox: new SimulatedInbox(), signals: [] };
  const { store: chats, inbox, activity } = connect(network, 'environment', ports, () => {});
  const chatId = await createChat({ chats, inbox }, { owner: 'ann', name: 'group' });
  const addBob = () => addMember({ chats, inbox, people }, { caller: 'ann', chatId, userName: 'bob' });
  await addBob();

  let hasLeft = false;
  const late: Inbox = {
    ...inbox,
    readMembers: async (users) => {
      if (!hasLeft) {
        hasLeft = true;
        await removeMember({ chats, inbox }, { caller: 'bob', chatId, user: 'bob' });
        await new ChatWriter(chatId, { store: chats, activity }).send({ sender: 'ann', text: 'gone' });
        if (comesBack) await addBob();
      }
      return inbox.readMembers(users, chatId);
    },
  };
  const { seq, members } = await showChat({ chats, inbox: late, people }, { user: 'ann', chatId });
  expect(seq).toBe(1);
  expect(Object.fromEntries(members.map((member) => [member.user_id, member.read_seq]))).toEqual(readSeqs);
});
