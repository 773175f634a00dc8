/** What must be true of a chat after any number of sends, however they went. */
import { firstSeq, type Head, KEPT_MESSAGES, type NumberedMessage, numberTail } from '../../shared/domain/chat-head.ts';
import { numberRun, type Run } from '../../shared/domain/chat-history.ts';
import { IdempotencyKeyReusedError, StoreUnavailableError } from '../../shared/domain/errors.ts';
import type { SentMessage } from '../../shared/domain/send-queue.ts';

/** A promise that did not hold. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

/** One send and how it ended, as its client knows it: with neither answer nor error if the environment died. */
export interface Outcome {
  readonly sender: string;
  /** Unique, but for repeats with the same key. */
  readonly text: string;
  readonly key?: string | undefined;
  sent?: SentMessage;
  error?: unknown;
}

/** Every message of a chat, oldest first: history, then the head, which wins where both have one. */
export function listMessages(head: Head, runs: readonly Run[]): NumberedMessage[] {
  const first = firstSeq(head);
  return [...runs.flatMap(numberRun).filter(({ seq }) => seq < first), ...numberTail(head, first)];
}

/** @throws Violation that names the first promise found broken */
export function checkChat(head: Head, messages: readonly NumberedMessage[], outcomes: readonly Outcome[]): void {
  check(messages.length === head.seq, `seq is ${head.seq}, ${messages.length} messages are stored`);
  for (const [index, { seq }] of messages.entries())
    check(seq === index + 1, `message ${index + 1} is numbered ${seq}`);
  checkOrdinals(messages);
  checkCounts(messages, head);
  checkStoredOnce(messages, outcomes);
  for (const outcome of outcomes) checkOutcome(outcome, messages);
}

export function check(holds: boolean, violation: string): asserts holds {
  if (!holds) throw new Violation(violation);
}

function checkOrdinals(messages: readonly NumberedMessage[]): void {
  const sent = new Map<string, number>();
  for (const { seq, sender, ordinal } of messages) {
    const expected = (sent.get(sender) ?? 0) + 1;
    check(ordinal === expected, `message ${seq} is number ${ordinal} of ${sender}, expected ${expected}`);
    sent.set(sender, ordinal);
  }
}

function checkCounts(messages: readonly NumberedMessage[], head: Head): void {
  for (const [sender, count] of head.sent) {
    const real = messages.filter((message) => message.sender === sender).length;
    check(count === real, `the head counts ${count} of ${sender}, ${real} are stored`);
  }
}

function checkStoredOnce(messages: readonly NumberedMessage[], outcomes: readonly Outcome[]): void {
  const stored = new Set(messages.map(({ text }) => text));
  check(stored.size === messages.length, `${messages.length - stored.size} messages are stored twice`);
  const texts = new Map<string, Set<string>>();
  for (const { key, text } of outcomes)
    if (key !== undefined && stored.has(text)) texts.set(key, (texts.get(key) ?? new Set()).add(text));
  for (const [key, { size }] of texts) check(size === 1, `${size} messages are stored under the key ${key}`);
}

function checkOutcome({ sender, text, sent, error }: Outcome, messages: readonly NumberedMessage[]): void {
  if (error instanceof IdempotencyKeyReusedError) {
    // A conflict is right only for a text that was not stored: another one was, under the same key.
    check(!messages.some((message) => message.text === text), `"${text}" is stored but was answered with a conflict`);
  } else if (error !== undefined) {
    const description = error instanceof Error ? error.stack : 'not with an error';
    check(error instanceof StoreUnavailableError, `"${text}" failed: ${description}`);
  }
  if (sent === undefined) return;
  const stored = messages[sent.seq - 1];
  const isStored = stored?.text === text && stored.sender === sender;
  check(isStored, `message ${sent.seq} was acknowledged as "${text}" but is "${stored?.text}"`);
  const expected = messages.slice(Math.max(0, sent.seq - KEPT_MESSAGES), sent.seq);
  const isTrue = JSON.stringify(sent.lastMessages) === JSON.stringify(expected);
  check(isTrue, `the answer to message ${sent.seq} is not what the store held`);
}
