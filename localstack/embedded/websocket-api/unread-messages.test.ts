/** The bounds of what waits for clients that do not read. */
import { expect, it } from 'vitest';
import { UnreadMessages } from './unread-messages.ts';

const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

class FakeRecipient {
  bufferedAmount: number;
  isTerminated = false;

  constructor(bufferedAmount: number) {
    this.bufferedAmount = bufferedAmount;
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

it('ends a connection for which more than 1 MB waits', () => {
  const unread = new UnreadMessages();
  const recipient = new FakeRecipient(MEBIBYTE);

  unread.count(recipient);
  const isEndedAtTheLimit = recipient.isTerminated;
  recipient.bufferedAmount += 1;
  unread.count(recipient);

  expect(isEndedAtTheLimit).toBe(false);
  expect(recipient.isTerminated).toBe(true);
});

it('ends the slowest connection when more than 64 MB wait in all', () => {
  const unread = new UnreadMessages();
  const slow = Array.from({ length: 64 }, () => new FakeRecipient(MEBIBYTE - KIBIBYTE));
  const slowest = new FakeRecipient(MEBIBYTE - 1);
  const quick = new FakeRecipient(100);

  for (const recipient of [...slow.slice(0, 32), slowest, ...slow.slice(32), quick]) unread.count(recipient);

  expect(slowest.isTerminated).toBe(true);
  expect([...slow, quick].filter(({ isTerminated }) => isTerminated)).toEqual([]);
});

it('does not hold against clients what they have read since', () => {
  const unread = new UnreadMessages();
  const recipients = Array.from({ length: 64 }, () => new FakeRecipient(MEBIBYTE));
  for (const recipient of recipients) unread.count(recipient);

  for (const recipient of recipients) recipient.bufferedAmount = 0;
  unread.count(new FakeRecipient(MEBIBYTE));

  expect(recipients.filter(({ isTerminated }) => isTerminated)).toEqual([]);
});

it('forgets what waited for a connection that has ended', () => {
  const unread = new UnreadMessages();
  const gone = Array.from({ length: 64 }, () => new FakeRecipient(MEBIBYTE));
  for (const recipient of gone) unread.count(recipient);
  for (const recipient of gone) unread.forget(recipient);
  const recipient = new FakeRecipient(MEBIBYTE);

  unread.count(recipient);

  expect(recipient.isTerminated).toBe(false);
});
