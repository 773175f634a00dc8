/** The table is chosen only if there is no doubt. */
import { expect, test } from 'vitest';
import { chooseTable } from './find-table.ts';

test('the only table of chats is chosen', () => {
  expect(chooseTable(['Other', 'Messenger-ChatsTableD30DF6B9'])).toBe('Messenger-ChatsTableD30DF6B9');
});

test.each([
  [[], 'No table has ChatsTable in its name (the tables: none); name it with --table'],
  [['Other'], 'No table has ChatsTable in its name (the tables: Other); name it with --table'],
  [
    ['A-ChatsTable1', 'B-ChatsTable2'],
    '2 tables have ChatsTable in their names: A-ChatsTable1, B-ChatsTable2; name one',
  ],
])('of %j none is chosen', (names, message) => {
  expect(() => chooseTable(names)).toThrow(message);
});
