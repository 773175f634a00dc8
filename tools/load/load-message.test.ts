/** Messages of loads can be told apart and fit the contract. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sendMessageRequest } from '../../shared/contract/open-stream.ts';
import { createRunId, makeLoadMessage, MIN_TEXT_LENGTH, readLoadMark } from './load-message.ts';

test('every message is valid, as long as asked for, and says which one it is', () => {
  const runId = createRunId();
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999_999_998 }),
      fc.integer({ min: MIN_TEXT_LENGTH, max: 4096 }),
      (index, textLength) => {
        const message = makeLoadMessage(runId, index, 100, textLength);
        expect(sendMessageRequest.safeParse(message).success).toBe(true);
        expect(message.text).toHaveLength(textLength);
        expect(readLoadMark(message.text)).toEqual({ runId, index });
      },
    ),
  );
});

test.each(['hello', 'load test 1', 'load 0123abcd', 'a load 0123abcd 7'])('%j is no message of a load', (text) => {
  expect(readLoadMark(text)).toBeUndefined();
});
