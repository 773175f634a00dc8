/** Users for black-box tests. Registering one costs two password hashes, so that a test file registers few and shares them. */
import { randomUUID } from 'node:crypto';
import { logIn, register } from '../../shared/contract/v1/people.ts';
import { ApiClient } from './api-client.ts';

export interface SignedInUser {
  readonly userId: string;
  readonly userName: string;
  readonly password: string;
  /** Of the session in which `api` asks. */
  readonly token: string;
  readonly api: ApiClient;
}

/**
 * Registers a user and signs in.
 * @param name what the user name, an email address that nobody else has, begins with
 */
export async function signInNewUser(baseUrl: string, name: string): Promise<SignedInUser> {
  const anyone = new ApiClient(baseUrl);
  const credentials = { user_name: `${name}-${randomUUID()}@email.com`, password: randomUUID() };
  const { user_id: userId } = await anyone.ask(register, { body: credentials });
  const { session_id: token } = await anyone.ask(logIn, { body: credentials });
  const { user_name: userName, password } = credentials;
  return { userId, userName, password, token, api: new ApiClient(baseUrl, token) };
}

/** Another session of the user. */
export async function signInAgain(baseUrl: string, { userName, password }: SignedInUser): Promise<string> {
  const credentials = { user_name: userName, password };
  return (await new ApiClient(baseUrl).ask(logIn, { body: credentials })).session_id;
}
