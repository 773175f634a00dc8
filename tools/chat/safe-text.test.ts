/** Nothing that others write reaches the terminal as a command. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeSafe, makeSafeLines } from './safe-text.ts';

test.each([
  ['a colour', '\u001b[31mred', '␛[31mred'],
  ['a title', '\u001b]0;title\u0007', '␛]0;title␇'],
  ['a sequence of one character', '\u009b2J', '\ufffd2J'],
  ['a carriage return, which would write over the name', 'a\rb', 'a␍b'],
  ['backspaces', 'a\b\u007fb', 'a␈␡b'],
  ['a turn of direction', 'exe.\u202egpj', 'exe.\ufffdgpj'],
  ['half a character', 'a\ud800b', 'a\ufffdb'],
  ['a line break in a name', 'ann\nbob: hi', 'ann␊bob: hi'],
])('%s is shown', (_, text, shown) => {
  expect(makeSafe(text)).toBe(shown);
});

test.each(['héllo', '日本語', '👩‍👩‍👧', 'שלום', '🇱🇻'])('%s stays as it is', (text) => {
  expect(makeSafe(text)).toBe(text);
});

test('a text of several lines stays one', () => {
  expect(makeSafeLines('a\r\nb\n\tc\u2028d')).toEqual(['a', 'b', '    c', 'd']);
});

test('whatever the text, no control character is left', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(makeSafeLines(text).join('')).not.toMatch(/\p{Cc}/u);
    }),
  );
});
