/** Short names mean deployed functions, and unknown ones lead to the known. */
import { expect, test } from 'vitest';
import { findFunction } from './find-function.ts';

const SEND_MESSAGE = 'Messenger-OpenStreamSendMessageFunctionD1E7952A';
const DEPLOYED = [SEND_MESSAGE, 'Messenger-ChatActivityFanOutFunction66C3B368'];
const FOLDERS = ['check-health', 'fan-out', 'send-message'];

test('a folder means the function that is named after it', () => {
  expect(findFunction('send-message', DEPLOYED, FOLDERS)).toBe(SEND_MESSAGE);
});

test('a name that the engine has cut off is found too', () => {
  const deployed = ['Messenger-OpenStreamSendMessageFun-b31ba730', 'Messenger-ChatActivityFanOutFuncti-4bbc2b01'];
  expect(findFunction('send-message', deployed, FOLDERS)).toBe(deployed[0]);
  expect(findFunction('fan-out', deployed, FOLDERS)).toBe(deployed[1]);
});

test('a full name means itself', () => {
  expect(findFunction(SEND_MESSAGE, DEPLOYED, FOLDERS)).toBe(SEND_MESSAGE);
});

test('an unknown name is answered with the names that are deployed', () => {
  expect(() => findFunction('check-health', DEPLOYED, FOLDERS)).toThrow(
    /^No deployed function is called check-health\.\nShort names: fan-out, send-message\nFunctions: .*FanOut/,
  );
});

test('a name that fits two functions is not guessed at', () => {
  const deployed = ['Messenger-OneSendMessageFunction1', 'Messenger-TwoSendMessageFunction2'];
  expect(() => findFunction('send-message', deployed, FOLDERS)).toThrow(
    'send-message may mean Messenger-OneSendMessageFunction1 or Messenger-TwoSendMessageFunction2.',
  );
});
