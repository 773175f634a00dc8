/** Answers are read from any JSON array, and nothing that is not a whole one passes for answers. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ToolError } from '../command-line/run-tool.ts';
import { readAnswers } from './read-answers.ts';

const ANSWERS = [{ a: '], "[{\\' }, { b: [1, { c: [] }] }, { d: '\u2028' }];

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-answers-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function readContent(content: string): Promise<{ place: string; text: string }[]> {
  const path = join(folder, 'responses.json');
  await writeFile(path, content);
  const answers: { place: string; text: string }[] = [];
  for await (const { place, text } of readAnswers(path)) answers.push({ place, text });
  return answers;
}

test.each([
  ['on one line', JSON.stringify(ANSWERS)],
  ['pretty-printed', JSON.stringify(ANSWERS, undefined, 2)],
  ['with tabs and Windows line ends', JSON.stringify(ANSWERS, undefined, '\t').replaceAll('\n', '\r\n')],
  ['one per line', `[\n${ANSWERS.map((answer) => JSON.stringify(answer)).join(',\n')}\n]\n`],
  ['one per line, commas first', `[${ANSWERS.map((answer) => JSON.stringify(answer)).join('\n,')}]`],
  ['one per line and then otherwise', `[\n${JSON.stringify(ANSWERS).slice(1, -1).replace('},{', '},\n{')}\n]\n\n`],
])('answers %s all come, in order', async (_, content) => {
  const answers = await readContent(content);
  expect(answers.map(({ text }): unknown => JSON.parse(text))).toEqual(ANSWERS);
});

test('an answer keeps the order of its keys', async () => {
  expect(await readContent('[ {"b":1,"0":2} , {"c":3} ]')).toEqual([
    { place: 'answer 1', text: '{"b":1,"0":2}' },
    { place: 'answer 2', text: '{"c":3}' },
  ]);
});

test.each([
  ['', 'is empty'],
  ['[\n]\n', 'is an array without answers'],
  ['[]', 'is an array without answers'],
  ['{"a":1}', 'is JSON, but not an array of answers'],
  ['{"a":1}\n{"b":2}\n', 'is not a JSON array: '],
  ['<html>', 'is not a JSON array: '],
  ['[\n{"a":1},\nhello\n]\n', 'is not a JSON array: '],
  ['[\n{"a":1},\n]\n', 'is not a JSON array: '],
  ['[\n{"a":1}\n{"b":2}\n]\n', 'is not a JSON array: '],
  ['[\n{"a":1}\n]\n]\n', 'is not a JSON array: '],
  ['[\n{"a":1}\n]\n{"b":2}\n', 'is not a JSON array: '],
  ['[', 'was cut off: it ends in the middle of its JSON array, after 0 whole answers'],
  ['[\n{"a":1},\n{"b":"', 'after 1 whole answers'],
  ['[\n{"a":1},\n{"b":2},\n', 'after 2 whole answers'],
  ['[\n{"a":1}', 'was cut off'],
  ['[{"a":[1]},{"b":[2]', 'after 1 whole answers'],
])('%j is refused', async (content, problem) => {
  const reading = readContent(content);
  await expect(reading).rejects.toThrow(ToolError);
  await expect(reading).rejects.toThrow(problem);
});
