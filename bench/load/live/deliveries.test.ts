/** Messages that get lost, come twice or come to the wrong ones are counted. */
import { beforeEach, expect, test } from 'vitest';
import { makeLargeGroup } from '../../population/make-large-group.ts';
import { makePairs } from '../../population/make-pairs.ts';
import { Deliveries } from './deliveries.ts';
import { type Plan, planMessages } from './plan-messages.ts';

const population = makePairs(2);
let plan: Plan;
let deliveries: Deliveries;
beforeEach(() => {
  plan = planMessages(population, 4);
  deliveries = new Deliveries({ plan, population, first: 2 });
});

function otherOf(index: number): number {
  const { chat, sender } = plan.message(index);
  return chat.members.find((user) => user !== sender)!;
}

test('chats take turns, and every message has a text and a key of its own', () => {
  const messages = [0, 1, 2, 3].map((index) => plan.message(index));
  expect(messages.map(({ chat }) => population.chats.indexOf(chat))).toEqual([0, 1, 0, 1]);
  for (const { chat, sender } of messages) expect(chat.members).toContain(sender);
  expect(new Set(messages.map(({ text }) => text)).size).toBe(4);
  expect(new Set(messages.map(({ key }) => key)).size).toBe(4);
});

test('a latency counts from the moment for which the send was planned, the warm-up not at all', () => {
  for (const index of [0, 2]) {
    deliveries.sent(index, 1_000);
    deliveries.came(index, otherOf(index), 1_020);
    deliveries.acknowledged(index);
  }
  const { latency, ...counts } = deliveries.summarize();
  expect(counts).toEqual({ expected: 1, lost: 0, doubled: 0, strayed: 0 });
  expect(latency.count).toBe(1);
  expect(latency.p50Ms).toBeCloseTo(20, 1);
  expect(deliveries.isComplete).toBe(true);
});

test('what was acknowledged and has not come is missing, in the end lost', () => {
  deliveries.acknowledged(2);
  deliveries.acknowledged(3);
  deliveries.came(3, otherOf(3), 0);
  expect(deliveries.isComplete).toBe(false);
  expect(deliveries.summarize()).toMatchObject({ expected: 2, lost: 1 });
});

test('what was not acknowledged may come or not', () => {
  deliveries.came(3, otherOf(3), 0);
  expect(deliveries.summarize()).toMatchObject({ expected: 0, lost: 0, doubled: 0 });
});

test('what comes again is doubled, to the sender it is not counted, and to others it has strayed', () => {
  for (let time = 0; time < 3; time++) deliveries.came(2, otherOf(2), 0);
  deliveries.came(2, plan.message(2).sender, 0);
  deliveries.came(2, otherOf(3), 0);
  expect(deliveries.summarize()).toMatchObject({ doubled: 2, strayed: 1 });
});

test('a group has as many deliveries as others are in it', () => {
  const group = makeLargeGroup(5);
  plan = planMessages(group, 3);
  deliveries = new Deliveries({ plan, population: group, first: 0 });
  for (const index of [0, 1, 2]) deliveries.acknowledged(index);
  for (const user of plan.message(1).chat.members) deliveries.came(1, user, 0);
  expect(deliveries.summarize()).toMatchObject({ expected: 12, lost: 8, doubled: 0 });
});
