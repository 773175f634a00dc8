import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldUserName } from './user-name.ts';

test.each([
  ['Ann', 'ANN'],
  ['Straße', 'STRASSE'],
  ['STRAẞE', 'straße'],
  ['ὈΔΥΣΣΕΎΣ', 'ὀδυσσεύς'],
  ['Ｆｕｌｌ', 'full'],
  ['Zoe\u0308', 'Zoë'],
  ['ﬁn', 'FIN'],
])('%s and %s are the same name', (one, other) => {
  expect(foldUserName(one)).toBe(foldUserName(other));
});

test.each([
  ['ann', 'anna'],
  ['zoe', 'zoë'],
  ['a b', 'ab'],
])('%s and %s are two names', (one, other) => {
  expect(foldUserName(one)).not.toBe(foldUserName(other));
});

test('a folded name folds to itself, and its letters fold in any case', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('aZßẞſΣςéÅΐǰİıŉﬀ１')) }), (name) => {
      const folded = foldUserName(name);
      expect(foldUserName(folded)).toBe(folded);
      expect(foldUserName(name.normalize('NFKC').toUpperCase())).toBe(folded);
    }),
  );
});
