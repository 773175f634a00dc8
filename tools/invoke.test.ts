/** Invoke as a user runs it, against the engine's Lambda. */
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handleLambdaRequest } from '../localstack/embedded/lambda/lambda-api.ts';
import { TemporaryService } from '../localstack/embedded/lambda/temporary-service.ts';
import { listenLocally, type LocalServer } from '../tests/support/local-server.ts';
import { runToolProcess, type ToolRun } from './test-support/run-tool-process.ts';

const SEND_MESSAGE = 'Messenger-OpenStreamSendMessageFunctionD1E7952A';
const CODE = `export const handler = async ({ fail }) => {
  console.log('a line of the log');
  if (fail) throw new RangeError('as asked');
  return { statusCode: 201, headers: { 'Content-Type': 'application/json' }, body: '{"a":1}' };
};`;

const lambda = new TemporaryService();
let server: LocalServer;

beforeAll(async () => {
  lambda.addFunction(CODE, { functionName: SEND_MESSAGE });
  server = await listenLocally(createServer((request, response) => void handle(request, response)));
});
afterAll(async () => {
  await server.close();
  await lambda.remove();
});

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url: path = '', headers } = request;
  const answer = await handleLambdaRequest(lambda.service, { method, path, headers, body: await buffer(request) });
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

function invoke(name: string, event: object, ...options: string[]): Promise<ToolRun> {
  const file = join(lambda.folder, 'event.json');
  writeFileSync(file, JSON.stringify(event));
  return runToolProcess('invoke', [name, file, '--endpoint', server.url, ...options]);
}

test('a function is found by its folder, and its answer and log are shown', async () => {
  const { exitCode, stdout } = await invoke('send-message', {});
  expect(stdout).toContain(`${SEND_MESSAGE} returned after`);
  expect(stdout).toContain('status 201\nContent-Type: application/json\n\n{ a: 1 }');
  expect(stdout).toContain('a line of the log');
  expect(exitCode).toBe(0);
});

test('with --raw there is nothing but what the function returned', async () => {
  const { stdout } = await invoke('send-message', {}, '--raw');
  expect(JSON.parse(stdout)).toEqual({
    statusCode: 201,
    headers: { 'Content-Type': 'application/json' },
    body: '{"a":1}',
  });
});

test('a function that fails is told by its error and exit code 1', async () => {
  const { exitCode, stdout } = await invoke('send-message', { fail: true });
  expect(stdout).toContain('failed (Unhandled)');
  expect(stdout).toContain('RangeError');
  expect(exitCode).toBe(1);
});

test('an unknown name is answered with the known ones', async () => {
  const { exitCode, stderr } = await invoke('send-mesage', {});
  expect(stderr).toContain('No deployed function is called send-mesage.\nShort names: send-message\n');
  expect(exitCode).toBe(2);
});

test('a missing engine is named, with how to start one', async () => {
  const { exitCode, stderr } = await invoke('send-message', {}, '--endpoint', 'http://127.0.0.1:9');
  expect(stderr).toContain(
    'No engine answers at http://127.0.0.1:9/: start one with npm start, or say where it is with --endpoint',
  );
  expect(exitCode).toBe(2);
});

test.each([
  ['that is not there', '/nowhere.json', 'There is no file /nowhere.json\n'],
  ['that is not JSON', import.meta.filename, `${import.meta.filename} is no event: `],
])('a file %s is refused before anything is invoked', async (_, file, message) => {
  const { exitCode, stderr } = await runToolProcess('invoke', ['send-message', file, '--endpoint', server.url]);
  expect(stderr).toContain(message);
  expect(exitCode).toBe(2);
});
