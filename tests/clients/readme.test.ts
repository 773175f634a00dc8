/** What README.md shows to do by hand works as it stands there, with the deployment's addresses in place of the usual ones. */
import { mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { runProgram } from './run-program.ts';
import type { RunOptions } from './run-program.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const README = readFileSync(path.join(PROJECT, 'README.md'), 'utf8');
const STORE = 'By hand: look into the store';
const CLIENTS = 'By hand: curl, sam and the AWS CLI';

// Both Lambda modes of the embedded engine have the same endpoint.
describe.each(inject('deployments').slice(0, 1))('$name', ({ awsEndpoint, baseUrl }) => {
  async function runSection(
    title: string,
    options: RunOptions = {},
    more: readonly string[] = [],
  ): Promise<{ folder: string; stdout: string }> {
    const folder = mkdtempSync(path.join(inject('programs').home, 'readme-'));
    symlinkSync(path.join(PROJECT, 'events'), path.join(folder, 'events'));
    const script = ['set -euo pipefail', ...listBlocks(title), ...more].join('\n');
    const command = ['-c', script.replaceAll('http://127.0.0.1:4566', awsEndpoint)];
    const { exitCode, stdout, stderr } = await runProgram('bash', command, { folder, ...options });
    if (exitCode !== 0) throw new Error(`"${title}" ended with ${exitCode}:\n${stdout}\n${stderr}`);
    return { folder, stdout };
  }

  test.concurrent('curl, sam and the AWS CLI', async () => {
    const { folder, stdout } = await runSection(CLIENTS);

    for (const printed of [
      '"OutputKey": "ApiId"',
      '"Message_sent":[',
      'OpenStreamSendMessageFunctionD1E7952A\n',
      'Hello, world! Grüße 👋',
      String.raw`{\"status\":\"ok\",\"store\":\"ok\"}`,
      '"MessageId": "',
      'ChatActivityDeadLetterQueue',
      '"ApproximateNumberOfMessages": "0"',
    ])
      expect(stdout).toContain(printed);
    expect(JSON.parse(readFileSync(path.join(folder, 'answer.json'), 'utf8'))).toMatchObject({ statusCode: 200 });
  });

  test.concurrent('the store', async () => {
    await send(baseUrl, 'Look at me');
    const queries = listQueries().map((query) => `echo; ${query}`);
    // "With the variables set as above."
    const { folder, stdout } = await runSection(STORE, { endpoint: awsEndpoint }, queries);

    const lines = readFileSync(path.join(folder, 'messages.jsonl'), 'utf8').trim().split('\n');
    const messages: { id: number; text: string }[] = lines.map((line) => JSON.parse(line));
    expect(messages).toContainEqual(expect.objectContaining({ sender: 'readme', text: 'Look at me' }));
    expect(messages.map(({ id }) => id)).toEqual(messages.map((_, index) => index + 1));
    const [, count, ...others] = stdout.split('\n\n');
    expect(count).toBe(String(messages.length));
    expect(others).toContain('0');
    expect(others).toContain('[]');
  });
});

async function send(baseUrl: string, text: string): Promise<void> {
  const response = await fetch(`${baseUrl}/send_message/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ sender: 'readme', text }),
  });
  expect(response.status).toBe(200);
}

/** The shell blocks of a section. */
function listBlocks(title: string): string[] {
  const [, section = ''] = README.split(`### ${title}\n`);
  const [text = ''] = section.split(/^##/m);
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!);
  expect(blocks).not.toHaveLength(0);
  return blocks;
}

/** The commands beside the SQL that they stand for. */
function listQueries(): string[] {
  const cells = [...README.matchAll(/^\| (?:`SELECT|ids missing).* \| (`.*`.*) \|$/gm)].map(([, cell]) => cell!);
  return cells.flatMap((cell) => [...cell.matchAll(/`(.*?)`/g)].map(([, code]) => code!.replaceAll('\\|', '|')));
}
