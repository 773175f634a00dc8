import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { TooManyRequestsError } from '../../shared/domain/errors.ts';
import { HashingQueue } from './hashing-queue.ts';

test('one task runs at a time, in the order in which they came', async () => {
  const queue = new HashingQueue();
  const steps: string[] = [];
  const task = (name: string) => async () => {
    steps.push(`${name} begins`);
    await delay(5);
    steps.push(`${name} ends`);
  };
  await Promise.all(['one', 'two'].map((name) => queue.run(task(name))));
  expect(steps).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
});

test('a task that fails holds nobody up', async () => {
  const queue = new HashingQueue();
  const failing = queue.run(() => Promise.reject(new Error('wrong')));
  const next = queue.run(async () => 'done');
  await expect(failing).rejects.toThrow('wrong');
  expect(await next).toBe('done');
});

test('when as many wait as may, the next one is refused and told when to come again', async () => {
  const queue = new HashingQueue();
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  // The first one is at work, the others wait.
  const running = queue.run(() => opened);
  const waiting = Array.from({ length: 64 }, (_, index) => queue.run(async () => index));
  const refused: unknown = await queue.run(async () => 'never').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(TooManyRequestsError);
  expect(refused).toMatchObject({ retryAfterSeconds: 5 });
  open();
  await running;
  expect(await Promise.all(waiting)).toHaveLength(64);
  expect(await queue.run(async () => 'again')).toBe('again');
});

test('a task whose turn comes too late is not begun', async () => {
  const queue = new HashingQueue(10);
  let isBegun = false;
  const slow = queue.run(() => delay(50));
  const late = queue.run(async () => (isBegun = true));
  await expect(late).rejects.toThrow(TooManyRequestsError);
  expect(isBegun).toBe(false);
  await slow;
});
