/** An engine as a user starts, uses and stops it. ENGINE says which. */
import { on, once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EngineRecord } from '../../localstack/host/engine-control.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { readEngineName } from '../support/running-engine.ts';
import { EngineWorkspace } from './engine-workspace.ts';

const engine = readEngineName();
if (engine === undefined) throw new Error('ENGINE is not set; these tests take localstack or ministack');

describe(`the engine ${engine}`, () => {
  let workspace: EngineWorkspace;
  let port: string;
  beforeAll(async () => {
    workspace = new EngineWorkspace(engine);
    port = String(await findFreePort());
  });
  afterAll(() => workspace.discard());

  const readRecord = (): EngineRecord =>
    JSON.parse(readFileSync(path.join(workspace.stateFolder, 'engine.json'), 'utf8'));
  const callApi = async (): Promise<string> => (await fetch(`${readRecord().deployment!.apiUrls[0]}/`)).text();

  /** Runs the command, which must succeed. @returns what it printed */
  const succeed = async (...args: string[]): Promise<string> => {
    const { all, exitCode } = await workspace.run(...args);
    expect(exitCode, `It printed:\n${all}`).toBe(0);
    return all;
  };

  test('starts, deploys and says where the API is', async () => {
    expect(await succeed('--port', port)).toMatch(
      new RegExp(String.raw`Ready in \d+\.\d s \| API http://127\.0\.0\.1:${port}/_aws/execute-api/`),
    );
    expect(await callApi()).toBe('first');
  });

  test('listens on 127.0.0.1 only, with whatever it has started', async () => {
    await callApi();
    const processIds = (await listProcessesOf(workspace.folder)).map((line) => Number.parseInt(line, 10));
    const { stdout } = await execa('ss', ['-Hltnp']);
    const listening = stdout.split('\n').filter((line) => processIds.some((id) => line.includes(`pid=${id},`)));
    expect(listening.some((line) => line.includes(`127.0.0.1:${port} `))).toBe(true);
    expect(listening.filter((line) => !line.includes(' 127.0.0.1:'))).toEqual([]);
  });

  test('run again it goes on, and puts changed code in place', async () => {
    const { processId } = readRecord();
    workspace.answerWith('second');
    expect(await succeed()).toContain(`runs already at http://127.0.0.1:${port} (process ${processId})`);
    expect(await callApi()).toBe('second');
  });

  test('refuses a template with a type of resource that it does not have, by name', async () => {
    const { all, exitCode } = await workspace.run('-c', 'unsupported=true');
    expect(exitCode).toBe(1);
    expect(all).toContain('AWS::GameLift::Fleet');
    expect(await callApi()).toBe('second');
  });

  test('stopped by Ctrl-C while it redeploys, it leaves the engine as it was', async () => {
    const { processId } = readRecord();
    const command = workspace.start();
    await untilPrinted(command, 'deploying');
    command.kill('SIGINT');
    expect((await command).exitCode).toBe(1);
    expect(readRecord().processId).toBe(processId);
    expect(await callApi()).toBe('second');
  });

  test('one command at a time may work on it', async () => {
    const command = workspace.start();
    await untilPrinted(command, 'deploying');
    const { all, exitCode } = await workspace.run('--down');
    expect(exitCode).toBe(1);
    expect(all).toContain('is in use by another process');
    expect((await command).exitCode).toBe(0);
  });

  test('starts anew after it was killed', async () => {
    const { processId } = readRecord();
    process.kill(processId, 'SIGKILL');
    await succeed('--port', port);
    expect(readRecord().processId).not.toBe(processId);
    expect(await callApi()).toBe('second');
  });

  test('taken down it leaves no process and no file', async () => {
    await succeed('--down');
    await expect.poll(() => listProcessesOf(workspace.folder), { timeout: 5_000 }).toEqual([]);
    expect(existsSync(workspace.stateFolder)).toBe(false);
    expect(workspace.listStrayFiles()).toEqual([]);
    expect(await succeed('--down')).toContain('was not running');
  });

  test('stopped by Ctrl-C while it starts, it leaves no process and no file either', async () => {
    const command = workspace.start('--port', port);
    await untilPrinted(command, 'bootstrapping');
    command.kill('SIGINT');
    expect((await command).exitCode).toBe(1);
    await expect.poll(() => listProcessesOf(workspace.folder), { timeout: 5_000 }).toEqual([]);
    expect(existsSync(workspace.stateFolder)).toBe(false);
    expect(workspace.listStrayFiles()).toEqual([]);
  });

  test('refuses a port that is taken', async () => {
    const server = createServer().listen(Number(port), '127.0.0.1');
    await once(server, 'listening');
    const { all, exitCode } = await workspace.run('--port', port);
    server.close();
    expect(exitCode).toBe(1);
    expect(all).toContain(`Port ${port} is in use`);
  });
});

/** Resolves when the command has printed a text; its output goes on being read. */
async function untilPrinted({ all }: ReturnType<EngineWorkspace['start']>, text: string): Promise<void> {
  for await (const [chunk] of on(all, 'data')) if (String(chunk).includes(text)) return;
}

/** Command lines of the processes that name the folder in their arguments or environment, without this one. */
async function listProcessesOf(folder: string): Promise<string[]> {
  const { stdout } = await execa('ps', ['-eo', 'pid=,stat=,args=', 'e']);
  return stdout.split('\n').filter((line) => line.includes(folder) && !/^\s*\d+\s+Z/.test(line));
}
