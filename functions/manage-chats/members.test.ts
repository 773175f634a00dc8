/** Adding and removing members while others do, and while answers are lost. */
import { beforeEach, expect, test } from 'vitest';
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import { HeadMovedError, IdempotencyKeyReusedError } from '../../shared/domain/errors.ts';
import type { Inbox } from '../../shared/domain/inbox.ts';
import { connect, FaultyNetwork } from '../../tests/support/faulty-network.ts';
import { SimulatedChatStore } from '../../tests/support/simulated-chat-store.ts';
import { SimulatedInbox } from '../../tests/support/simulated-inbox.ts';
import { simulatedPeople as people } from '../../tests/support/simulated-people.ts';
import { addMember } from './add-member.ts';
import { createChat } from './create-chat.ts';
import { removeMember } from './remove-member.ts';

let chats: ChatStore;
let inbox: Inbox;
let chatId: string;

beforeEach(async () => {
  const network = new FaultyNetwork({ yield: () => Promise.resolve(), nextFault: () => undefined });
  const ports = { store: new SimulatedChatStore(), inbox: new SimulatedInbox(), signals: [] };
  ({ store: chats, inbox } = connect(network, 'environment', ports, () => {}));
  chatId = await createChat({ chats, inbox }, { owner: 'ann', name: 'group' });
});

const add = (userName: string, key?: string, store = chats): Promise<string> =>
  addMember({ chats: store, inbox, people }, { caller: 'ann', chatId, userName, key });

const listMembers = async (): Promise<string[]> => [...(await chats.readHead(chatId)).sent.keys()];

/** A store whose write is made, and then refused when it is sent again because its answer was lost. */
function losesAnswerOf(method: 'join' | 'leave'): ChatStore {
  let isFirst = true;
  const write = async (...args: Parameters<ChatStore['leave']>): ReturnType<ChatStore['leave']> => {
    const head = await chats[method](...args);
    if (!isFirst) return head;
    isFirst = false;
    throw new HeadMovedError('the head refused a write');
  };
  return { ...chats, [method]: write };
}

test('of two users who are added at once with one key, one is', async () => {
  const outcomes = await Promise.allSettled([add('bob', 'key'), add('cat', 'key')]);
  const [refused, ...others] = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  expect(refused).toBeInstanceOf(IdempotencyKeyReusedError);
  expect(others).toEqual([]);
  expect(await listMembers()).toHaveLength(2);
});

test('of those who add the same user at once, one has added the user', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => add('bob')));
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  expect(refused.map(({ name }) => name)).toEqual(Array.from({ length: 4 }, () => 'ConflictError'));
});

test('a key adds its user once: not again after the user has left', async () => {
  expect(await add('bob', 'key')).toBe('bob');
  expect(await add('bob', 'key')).toBe('bob');
  await removeMember({ chats, inbox }, { caller: 'ann', chatId, user: 'bob' });
  expect(await add('bob', 'key')).toBe('bob');
  expect(await listMembers()).toEqual(['ann']);
});

test.each([undefined, 'key'])('a user is added though the answer of the store was lost (key: %s)', async (key) => {
  expect(await add('bob', key, losesAnswerOf('join'))).toBe('bob');
  expect(await listMembers()).toEqual(['ann', 'bob']);
});

test.each(['ann', 'bob'])('a member is removed by %s though the answer of the store was lost', async (caller) => {
  await add('bob');
  await removeMember({ chats: losesAnswerOf('leave'), inbox }, { caller, chatId, user: 'bob' });
  expect(await listMembers()).toEqual(['ann']);
  expect(await inbox.read('bob', chatId)).toBeUndefined();
});
