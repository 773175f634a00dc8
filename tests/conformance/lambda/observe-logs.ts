/** Reads what an invocation logged, without times, ids and durations. */
import type { Engine } from '../conformance-case.ts';
import { invoke, shortenStack, UUID } from './invoke-function.ts';

/** The log tail of an invocation as the service gives it. */
export async function readLogTail(engine: Engine, functionName: string, event: unknown): Promise<string> {
  const { output } = await invoke(engine, functionName, event, { LogType: 'Tail' });
  return Buffer.from(output.LogResult ?? '', 'base64').toString();
}

/** All lines of the text format, with placeholders. */
export async function observeTextLog(engine: Engine, functionName: string, event: unknown): Promise<string[]> {
  const lines = splitLines(await readLogTail(engine, functionName, event));
  return lines.map((line) =>
    line
      .replace(/\tInit Duration: [\d.]+ ms/, '')
      .replace(UUID, '<id>')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, '<time>')
      .replaceAll(/(?<=(?:Duration|Used): )[\d.]+/g, '<number>')
      .trimEnd(),
  );
}

/** The lines of the text format that the function wrote itself. */
export async function observeTextLines(engine: Engine, functionName: string, event: unknown): Promise<string[]> {
  const lines = await observeTextLog(engine, functionName, event);
  return lines.filter((line) => !/^(?:START|END|REPORT) /.test(line));
}

/** The lines of the JSON format; one that is not JSON stays a text. */
export async function observeJsonLog(engine: Engine, functionName: string, event: unknown): Promise<unknown[]> {
  return splitLines(await readLogTail(engine, functionName, event)).map(parseLine);
}

/** The lines of the JSON format that the function wrote itself. */
export async function observeJsonLines(engine: Engine, functionName: string, event: unknown): Promise<unknown[]> {
  const lines = await observeJsonLog(engine, functionName, event);
  return lines.filter((line) => typeof line !== 'object' || line === null || !('type' in line));
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line, (key, value: unknown) => {
      if (key === 'stackTrace' && Array.isArray(value)) return shortenStack(value);
      if (typeof value === 'number' && /Ms$|MB$/.test(key)) return '<number>';
      return typeof value === 'string' ? shorten(value) : value;
    });
  } catch {
    return shorten(line);
  }
}

function shorten(text: string): string {
  return text
    .replace(UUID, '<id>')
    .replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/, '<time>')
    .replace(/(?:\n +at .*)+/g, '\n<stack>');
}

/** What the first request of an environment has: which one that is cannot be told. */
const OF_FIRST_REQUEST = /^INIT_START |^\(node:\d+\)|^\(Use `node --trace/;

/** The lines with something in them; all places of a stack together are `<stack>`. */
function splitLines(text: string): string[] {
  return text
    .split('\n')
    .filter((line, index, lines) => !(isPlace(line) && isPlace(lines[index - 1])))
    .map((line) => (isPlace(line) ? '<stack>' : line))
    .filter((line) => line !== '' && !OF_FIRST_REQUEST.test(line));
}

function isPlace(line = ''): boolean {
  return /^ +at /.test(line);
}
