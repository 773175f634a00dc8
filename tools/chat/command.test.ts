/** Lines that are typed. */
import { expect, test } from 'vitest';
import { complete, readCommand } from './command.ts';

test.each([
  ['hello /you', { name: 'send', text: 'hello /you' }],
  ['//hello', { name: 'send', text: '/hello' }],
  ['/help', { name: 'help' }],
  ['/who ', { name: 'who' }],
  ['/open tea time', { name: 'open', chat: 'tea time' }],
  ['/with bob', { name: 'with', user: 'bob' }],
  ['/group tea time', { name: 'group', chatName: 'tea time' }],
  ['/add bob', { name: 'add', user: 'bob' }],
  ['/edit 12 better text', { name: 'edit', seq: 12, text: 'better text' }],
  ['/edit #12 better', { name: 'edit', seq: 12, text: 'better' }],
  ['/delete #7', { name: 'delete', seq: 7 }],
  ['/edit 12', { name: 'wrong', problem: '/edit takes NUMBER TEXT' }],
  ['/edit it', { name: 'wrong', problem: '/edit takes NUMBER TEXT' }],
  ['/quit now', { name: 'wrong', problem: '/quit takes nothing' }],
  ['/dance', { name: 'wrong', problem: 'there is no command /dance: see /help' }],
  ['/toString', { name: 'wrong', problem: 'there is no command /toString: see /help' }],
  ['/', { name: 'wrong', problem: 'there is no command /: see /help' }],
  ['  ', undefined],
])('%j', (line, command) => {
  expect(readCommand(line)).toEqual(command);
});

const KNOWN = { chats: ['tea', 'team', 'tea\u001b[2J'], users: ['bob', 'eve'], own: [{ seq: 9, text: 'helo' }] };

test.each([
  ['hello', []],
  [
    '/',
    ['help', 'chats', 'open', 'with', 'group', 'add', 'leave', 'who', 'edit', 'delete', 'quit'].map(
      (name) => `/${name} `,
    ),
  ],
  ['/he', ['/help ']],
  ['/open TE', ['/open tea', '/open team']],
  ['/with b', ['/with bob']],
  ['/add ', ['/add bob', '/add eve']],
  ['/edit ', ['/edit 9 helo']],
  ['/delete ', ['/delete 9']],
  ['/group t', []],
  ['/toString t', []],
])('%j may become', (line, completions) => {
  expect(complete(line, KNOWN)).toEqual(completions);
});
