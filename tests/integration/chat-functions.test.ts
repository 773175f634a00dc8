/** The sample events of the chats' functions, with a session, a chat and a user of the deployment in place of theirs. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { DeployedStack } from '../support/deployed-stack.ts';
import { createGroup, send } from '../support/group-chat.ts';
import { type SignedInUser, signInNewUser } from '../support/signed-in-user.ts';

const EVENTS = path.resolve(import.meta.dirname, '../../events');
/** What stands in the events. */
const TOKEN = 'AAAAAAAAQAiAAAAAAAAAAAGa1iBQAHACgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const CHAT = '3f0c6d1e-8a4b-4f2a-9d55-7e1b2c3d4e5f';
const USER = 'b2a1c0d9-1e2f-4a3b-8c4d-5e6f708192a3';

const readEvent = (file: string): string => readFileSync(path.join(EVENTS, `${file}.json`), 'utf8');

describe.each(inject('deployments'))('$name', ({ baseUrl, awsEndpoint }) => {
  const stack = new DeployedStack(awsEndpoint);
  let ann: SignedInUser;
  let bob: SignedInUser;
  let chatId: string;

  beforeAll(async () => {
    [ann, bob] = await Promise.all([signInNewUser(baseUrl, 'ann'), signInNewUser(baseUrl, 'bob')]);
    chatId = await createGroup(ann);
    await send(ann, chatId, 'hello');
  });

  /** The event as somebody would send it here. */
  function fillIn(file: string): string {
    const here = (text: string): string =>
      text.replaceAll(TOKEN, ann.token).replaceAll(CHAT, chatId).replaceAll(USER, bob.userId);
    const { body, ...event }: { body: string | null } = JSON.parse(here(readEvent(file)));
    const text = body && here(Buffer.from(body, 'base64').toString()).replace('"bob"', JSON.stringify(bob.userName));
    return JSON.stringify({ ...event, body: text && Buffer.from(text).toString('base64') });
  }

  // In this order: who is removed was added, and what is deleted was sent.
  test.each([
    ['manage-chats', 'create-chat', 201],
    ['manage-chats', 'list-chats', 200],
    ['manage-chats', 'show-chat', 200],
    ['manage-chats', 'add-member', 201],
    ['manage-chats', 'remove-member', 204],
    ['manage-chats', 'open-direct-chat', 200],
    ['manage-chats', 'list-direct-chats', 200],
    ['manage-chats', 'sync-chats', 404],
    ['manage-chats', 'without-name', 400],
    ['manage-chats', 'without-session', 401],
    ['exchange-messages', 'send-message', 201],
    ['exchange-messages', 'list-messages', 200],
    ['exchange-messages', 'mark-read', 204],
    ['exchange-messages', 'edit-message', 200],
    ['exchange-messages', 'delete-message', 204],
    ['exchange-messages', 'list-direct-messages', 200],
    ['exchange-messages', 'empty-message', 400],
    ['exchange-messages', 'two-places', 400],
    ['exchange-messages', 'without-session', 401],
  ])('%s answers the event %s with %i', async (name, event, statusCode) => {
    const { result, functionError } = await stack.invoke(name, fillIn(`${name}/${event}`));
    expect(functionError).toBeUndefined();
    expect(result).toMatchObject({ statusCode });
  });

  test.each([
    ['manage-chats', 'list-chats'],
    ['exchange-messages', 'list-messages'],
  ])('%s answers the event %s as it stands with 401: nobody has its session', async (name, event) => {
    const { result } = await stack.invoke(name, readEvent(`${name}/${event}`));
    expect(result).toMatchObject({ statusCode: 401 });
  });
});
