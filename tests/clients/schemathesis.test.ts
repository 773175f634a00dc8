/** Schemathesis holds what the API answers against what its own document says, for what it makes of that document. */
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { preparePythonEnvironment } from '../../localstack/host/python-environment.ts';
import { EngineProcess } from '../support/engine-process.ts';
import { createGroup, send } from '../support/group-chat.ts';
import { signInAgain, type SignedInUser, signInNewUser } from '../support/signed-in-user.ts';

const FOLDER = path.join(import.meta.dirname, 'schemathesis');
const ENVIRONMENT = path.resolve(import.meta.dirname, '../../.engines/schemathesis');
/** Operations that end sessions, and so the test of any other, unless they come last. */
const ENDING = ['logOut', 'endSession'];
const TIMEOUT_MS = 600_000;

// It knows nothing of engines, and writes too much to be let loose on a deployment that others test at the same time.
describe.skipIf(inject('deployments')[0]?.engine !== 'embedded')('embedded', () => {
  let programs: string;
  let engine: EngineProcess;
  let baseUrl: string;
  let user: SignedInUser;
  let variables: Record<string, string>;

  beforeAll(async () => {
    const lockFile = path.join(FOLDER, 'requirements.txt');
    programs = await preparePythonEnvironment({ folder: ENVIRONMENT, lockFile, report: console.log });
    engine = await EngineProcess.start({ environment: { THROTTLE: 'off', SESSION_THROTTLE: 'off' } });
    baseUrl = engine.describe().apiUrls[0]!;
    user = await signInNewUser(baseUrl, 'user');
    const other = await signInNewUser(baseUrl, 'other');
    const chatId = await createGroup(user, other);
    await send(user, chatId, 'one', 'two', 'three');
    const { userName: USER_NAME, password: PASSWORD } = user;
    variables = { CHAT_ID: chatId, OTHER_ID: other.userId, USER_NAME, PASSWORD };
  }, TIMEOUT_MS);

  afterAll(() => engine.discard());

  /** What it prints of the operations that the arguments name, asked for in a new session. @throws Error if it finds anything */
  async function run(...args: string[]): Promise<string> {
    const config = path.join(FOLDER, 'schemathesis.toml');
    const command = [
      '--no-color',
      '--config-file',
      config,
      'run',
      `${baseUrl}/openapi.json`,
      '--url',
      baseUrl,
      ...args,
    ];
    const { exitCode, all } = await execa(path.join(programs, 'schemathesis'), command, {
      all: true,
      reject: false,
      cwd: engine.dataFolder,
      env: { ...variables, TOKEN: await signInAgain(baseUrl, user) },
    });
    if (exitCode !== 0) throw new Error(`schemathesis ended with ${exitCode}:\n${all}`);
    return all;
  }

  test('finds nothing that its document does not say', { timeout: TIMEOUT_MS }, async () => {
    const printed = await run(...ENDING.flatMap((id) => ['--exclude-operation-id', id]));

    expect(printed).toContain('No issues found');
  });

  test('nor where sessions are ended', { timeout: TIMEOUT_MS }, async () => {
    // Most of the requests come when the session is over.
    const printed = await run('--warnings', 'off', ...ENDING.flatMap((id) => ['--include-operation-id', id]));

    expect(printed).toContain('No issues found');
  });
});
