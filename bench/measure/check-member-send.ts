/** Makes sure before anything is measured that a system stores a member's message once, and nobody else's. */
import { randomUUID } from 'node:crypto';
import { sendMessage } from '../../shared/contract/v1/messages.ts';
import { ApiClient } from '../../tests/support/api-client.ts';
import type { Job } from '../job.ts';
import { membersOf } from '../population/population.ts';
import type { System } from '../systems/system.ts';

/** @throws Error that names the system and what is wrong */
export async function checkMemberSend(system: System): Promise<void> {
  const refuse = (what: string): never => {
    throw new Error(`${system.name} does not send as members do: ${what}`);
  };
  const { chatId, token } = findMember(system.job);
  const member = new ApiClient(system.url, token);
  const path = { chat_id: chatId };
  const [key, body, other] = [randomUUID(), { message: 'a text "quoted" \u{1f600}' }, { message: 'another text' }];
  const before = await system.countMessages();

  const { message_id: first } = await member.ask(sendMessage, { path, body, key });
  const { message_id: repeated } = await member.ask(sendMessage, { path, body, key });
  if (repeated !== first) refuse(`a repeat got the id ${repeated} instead of ${first}`);
  const { message_id: second } = await member.ask(sendMessage, { path, body: other, key: randomUUID() });
  if (Number(second) <= Number(first)) refuse(`the id ${second} came after ${first}`);

  const reused = await member.refusal(sendMessage, { path, body: other, key });
  if (reused !== '409 conflict') refuse(`a key with another text got ${reused}`);
  const elsewhere = await member.refusal(sendMessage, { path: { chat_id: randomUUID() }, body });
  if (elsewhere !== '404 chat-not-found') refuse(`who is not a member got ${elsewhere}`);
  // Another session's secret, in the user's own token.
  const forged = new ApiClient(system.url, `${token.slice(0, -4)}AAAA`);
  const withoutSession = await forged.refusal(sendMessage, { path, body });
  if (withoutSession !== '401 unauthorized') refuse(`who has no session got ${withoutSession}`);

  const stored = (await system.countMessages()) - before;
  if (stored !== 2) refuse(`${stored} messages are stored instead of 2`);
}

function findMember(job: Job): { chatId: string; token: string } {
  if (job.kind === 'open-send') throw new Error('anybody may send: there are no members');
  const [chat] = job.population.chats;
  const [member] = membersOf(job.population, chat!);
  return { chatId: chat!.id, token: member!.token };
}
