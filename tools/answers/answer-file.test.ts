/** What is written to an answer file is valid JSON and comes back line by line. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AnswerFile } from './answer-file.ts';
import { readAnswers, type SavedAnswer } from './read-answers.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'answer-file-'));
  path = join(folder, 'responses.json');
});
afterEach(() => rm(folder, { recursive: true }));

async function writeAll(texts: readonly string[]): Promise<void> {
  const file = await AnswerFile.create(path);
  await Promise.all(texts.map((text) => file.write(text)));
  await file.close();
}

async function readAll(): Promise<SavedAnswer[]> {
  const answers: SavedAnswer[] = [];
  for await (const answer of readAnswers(path)) answers.push(answer);
  return answers;
}

test('answers come back in order, each from a line of its own', async () => {
  await writeAll(['{"a":1}', '{"b":2}']);
  const answers = await readAll();
  expect(answers.map(({ place, text }) => ({ place, text }))).toEqual([
    { place: 'line 2', text: '{"a":1}' },
    { place: 'line 3', text: '{"b":2}' },
  ]);
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual([{ a: 1 }, { b: 2 }]);
});

test('a file without answers is an empty array', async () => {
  await writeAll([]);
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual([]);
});

test('characters that end a line do not end one', async () => {
  const separated = JSON.stringify({ text: 'a\u2028b\u2029c' });
  await writeAll([separated, '{\r\n"b":\n2}']);
  const answers = await readAll();
  expect(answers.map(({ text }): unknown => JSON.parse(text))).toEqual([{ text: 'a\u2028b\u2029c' }, { b: 2 }]);
});

test('many answers written at once, beyond what the stream buffers, all arrive', async () => {
  const texts = Array.from({ length: 2_000 }, (_, index) => JSON.stringify({ index, filler: 'x'.repeat(500) }));
  await writeAll(texts);
  const answers = await readAll();
  expect(answers.map(({ text }) => text)).toEqual(texts);
});

test('an answer that is not JSON does not spoil the file', async () => {
  await writeAll(['<html>\n</html>', '']);
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(['<html>\n</html>', '']);
});
