/**
 * Reads saved answers from any JSON array. One with an answer per line, as `AnswerFile` writes it, is read as a stream;
 * as soon as a line does not fit that, the whole file is read instead.
 */
import { constants } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { ToolError } from '../command-line/run-tool.ts';
import { isJson } from './is-json.ts';
import { splitArray } from './split-array.ts';

export interface SavedAnswer {
  /** Where it stands: `line 2`, or `answer 1` if answers have no lines of their own. */
  readonly place: string;
  /** The answer as the file has it. */
  readonly text: string;
  /** Bytes of the file that have been read. */
  readonly endBytes: number;
}

/**
 * The answers of a file, one after another.
 * @throws ToolError if it is not a JSON array, a whole one, with an answer at least; some may have been yielded by then
 */
export async function* readAnswers(path: string): AsyncGenerator<SavedAnswer> {
  const input = createReadStream(path);
  let count = 0;
  let line = 0;
  let endBytes = 0;
  let previous = '';
  try {
    for await (const content of createInterface({ input, crlfDelay: Infinity })) {
      line++;
      endBytes += Buffer.byteLength(content) + 1;
      const text = content.replace(/,$/, '');
      if ((previous === '[' || previous.endsWith(',')) && isJson(text)) {
        count++;
        yield { place: `line ${line}`, text, endBytes };
      } else if (!isArrayEdge(content, line, previous)) {
        previous = '';
        break;
      }
      previous = content;
    }
  } finally {
    input.destroy();
  }
  if (previous !== ']' || count === 0) yield* readWhole(path, count);
}

/** Whether a line is the first with the array's beginning, or ends the array after an element without a comma. */
function isArrayEdge(content: string, line: number, previous: string): boolean {
  if (line === 1) return content === '[';
  return content === ']' && previous !== ']' && !previous.endsWith(',');
}

/** @param done how many answers are to be left out, because they were read before */
async function* readWhole(path: string, done: number): AsyncGenerator<SavedAnswer> {
  const { size } = await stat(path);
  if (size > constants.MAX_STRING_LENGTH)
    throw unreadable(path, `has ${size} bytes, too many to be read other than with one whole answer per line`);
  const text = await readFile(path, 'utf8');
  const { elements, isComplete } = splitArray(text);
  const problem = findProblem(text, elements.length, isComplete);
  if (problem !== undefined) throw unreadable(path, problem);
  for (const [index, element] of elements.slice(done).entries())
    yield { place: `answer ${done + index + 1}`, text: element, endBytes: size };
}

function findProblem(text: string, count: number, isComplete: boolean): string | undefined {
  if (text.trim() === '') return 'is empty';
  if (text.trimStart().startsWith('[') && !isComplete)
    return `was cut off: it ends in the middle of its JSON array, after ${count} whole answers`;
  try {
    if (!Array.isArray(JSON.parse(text))) return 'is JSON, but not an array of answers';
  } catch (error) {
    return `is not a JSON array: ${error instanceof Error ? error.message : String(error)}`;
  }
  return count === 0 ? 'is an array without answers' : undefined;
}

function unreadable(path: string, problem: string): ToolError {
  return new ToolError(
    `${path} ${problem}.\nNothing was checked: run npm run load again, or name another file with --responses`,
  );
}
