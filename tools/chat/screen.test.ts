/** What is typed stays whole while rows are added above it: held against a terminal of a few rows, in memory. */
import { createInterface, type Interface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PLAIN } from './paint.ts';
import type { Status } from './render.ts';
import { TerminalScreen } from './screen.ts';
import { SmallTerminal } from './small-terminal.ts';

const STATUS: Status = {
  chatName: 'tea',
  connection: 'open',
  unsent: 0,
  typing: [],
  online: [],
  unread: [],
  tick: undefined,
};

let terminal: SmallTerminal;
let keys: PassThrough;
let editor: Interface;
let screen: TerminalScreen;
beforeEach(() => {
  terminal = new SmallTerminal(20);
  keys = new PassThrough();
  editor = createInterface({ input: keys, output: terminal, terminal: true });
  screen = new TerminalScreen(terminal, editor, PLAIN);
  editor.on('line', (line) => screen.clearLine(line));
  keys.on('keypress', () => screen.settle());
  screen.setStatus(STATUS);
});
afterEach(() => editor.close());

/** Resolves when the editor has taken the keys, and the terminal what was written. */
async function type(text: string): Promise<void> {
  keys.write(text);
  await settled();
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

async function shown(): Promise<readonly string[]> {
  await settled();
  return terminal.rows;
}

test('rows come above the status and the input', async () => {
  screen.print(['one']);
  await type('hel');
  screen.print(['two', 'three']);
  await type('lo');
  expect(await shown()).toEqual(['one', 'two', 'three', 'tea', '> hello']);
});

test('the status changes in its place', async () => {
  await type('hello');
  screen.print(['one']);
  screen.setStatus({ ...STATUS, typing: ['bob'] });
  expect(await shown()).toEqual(['one', 'tea | bob typing ...'.slice(0, 18) + '…', '> hello']);
  screen.setStatus(STATUS);
  expect(await shown()).toEqual(['one', 'tea', '> hello']);
});

test('a line that is sent goes away, and another one begins', async () => {
  screen.print(['one']);
  await type('hello\r');
  expect(await shown()).toEqual(['one', 'tea', '>']);
  screen.print(['ann: hello']);
  screen.print(['bob: hi']);
  expect(await shown()).toEqual(['one', 'ann: hello', 'bob: hi', 'tea', '>']);
});

test.each([16, 17, 18, 19, 37, 38, 39, 60])('a line of %i characters takes several rows', async (length) => {
  screen.print(['one']);
  await type('x'.repeat(length));
  screen.print(['two']);
  expect((await shown()).slice(0, 3)).toEqual(['one', 'two', 'tea']);
  expect((await shown()).slice(3).join('').trimEnd()).toBe(`> ${'x'.repeat(length)}`);
  await type('\r');
  screen.print(['three']);
  expect(await shown()).toEqual(['one', 'two', 'three', 'tea', '>']);
});

test('a line of wide characters takes several rows', async () => {
  await type('漢'.repeat(15));
  screen.print(['one']);
  expect(await shown()).toEqual(['one', 'tea', `> ${'漢'.repeat(9)}`, '漢'.repeat(6)]);
  await type('\r');
  screen.print(['two']);
  expect(await shown()).toEqual(['one', 'two', 'tea', '>']);
});

test('wherever the cursor is', async () => {
  await type('x'.repeat(50));
  await type('\u001b[D'.repeat(40));
  screen.print(['one']);
  await type('y');
  expect((await shown()).join('')).toBe(`onetea> ${'x'.repeat(10)}y${'x'.repeat(40)}`);
  await type('\r');
  expect(await shown()).toEqual(['one', 'tea', '>']);
});

test('at the end the input goes away, and rows are only added', async () => {
  screen.print(['one']);
  await type('hello');
  screen.end();
  screen.setStatus({ ...STATUS, unsent: 1 });
  screen.print(['two']);
  expect(await shown()).toEqual(['one', 'two']);
});
