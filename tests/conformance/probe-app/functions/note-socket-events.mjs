// Notes the events of a WebSocket API under the ids of their connections, or as told, and answers what it is told:
// by the header X-Probe of the handshake or by the message, both in JSON.
import { setTimeout as delay } from 'node:timers/promises';
import { note } from './note.mjs';

export const handler = async (event) => {
  const { connectionId } = event.requestContext;
  const told = findHeader(event.headers, 'x-probe') ?? event.body;
  const { noteAs = connectionId, delayMs = 0, holdMs = 0, error, answer = { statusCode: 200 } } = parse(told);
  await delay(delayMs);
  await note(noteAs, event);
  await delay(holdMs);
  if (error !== undefined) throw new Error(error);
  return answer;
};

function findHeader(headers = {}, name) {
  return Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1];
}

// Other messages tell nothing.
function parse(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
