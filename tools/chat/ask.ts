/** Questions at a terminal, before the chat begins. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { ToolError } from '../command-line/run-tool.ts';

/** Shows nothing of what is typed. @throws ToolError if it is broken off */
export async function askPassword(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const password = await ask('', silence);
  process.stderr.write('\n');
  return password;
}

/** Anything but "y" or "yes" is no. @throws ToolError if it is broken off */
export async function confirm(question: string): Promise<boolean> {
  const answer = await ask(`${question} [y/N] `, process.stderr);
  return /^y(es)?$/i.test(answer.trim());
}

async function ask(question: string, output: NodeJS.WritableStream): Promise<string> {
  const editor = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 });
  const end = new AbortController();
  editor.once('close', () => end.abort());
  try {
    return await editor.question(question, { signal: end.signal });
  } catch (cause) {
    process.stderr.write('\n');
    throw new ToolError('there was no answer, so there is no chat', { cause });
  } finally {
    editor.close();
  }
}
