/** Signs the user in, who may have to be registered first. */
import { MessengerClient, MessengerError, NoAnswerError } from '../../client/src/index.ts';
import { ToolError } from '../command-line/run-tool.ts';
import type { ChatOptions } from './chat-options.ts';

/** Undefined answers are those of nobody: there is no terminal to ask at. */
export interface Questions {
  readonly password: (prompt: string) => Promise<string>;
  readonly confirm: (question: string) => Promise<boolean>;
}

export interface SignedIn {
  readonly client: MessengerClient;
  readonly userId: string;
  /** As it was registered. */
  readonly userName: string;
  /** Opens another session, once this one is over. */
  readonly logInAgain: () => Promise<void>;
}

/** @throws ToolError if nobody can be signed in, or no API answers */
export async function signIn(options: ChatOptions, questions: Questions | undefined): Promise<SignedIn> {
  const client = new MessengerClient({ baseUrl: options.url.href.replace(/\/$/, '') });
  try {
    return await signInAt(client, options, questions);
  } catch (cause) {
    if (!(cause instanceof NoAnswerError)) throw cause;
    throw new ToolError(
      `No API answers at ${options.url.href}: start one with npm start, or say where it is with --url`,
      { cause },
    );
  }
}

async function signInAt(
  client: MessengerClient,
  options: ChatOptions,
  questions: Questions | undefined,
): Promise<SignedIn> {
  const { userName: user_name } = options;
  // Before anybody is asked for a password.
  await client.api.get('/ping');
  const password = options.password ?? (await questions?.password(`Password of ${user_name}: `));
  if (password === undefined) throw new ToolError('There is no terminal to ask for the password: set CHAT_PASSWORD');
  const credentials = { user_name, password };
  const register = () => client.api.post('/v1/auth/register', { body: credentials });
  const logIn = () => client.logIn(credentials);

  if (options.register) await register().catch(passOver(409));
  const isUnknown = await logIn().then(() => false, passOver(401));
  if (isUnknown === undefined) {
    const question = `There is no user ${user_name} with this password. Register ${user_name}?`;
    if (options.register || !(await questions?.confirm(question)))
      throw new ToolError(`${user_name} has another password, or is not registered: --register does that`);
    await register();
    await logIn();
  }
  const found = await client.api.get('/v1/users', { params: { query: { user_name } } });
  return { client, userId: found.user_id, userName: found.user_name, logInAgain: logIn };
}

/** Lets this refusal pass. @throws ToolError for another one, as the API says it */
function passOver(status: number): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof MessengerError && error.status === status) return undefined;
    throw error instanceof MessengerError ? new ToolError(error.message, { cause: error }) : error;
  };
}
