/** The requests that the connections of a load send. */
import type { Request } from 'autocannon';
import { listPaths, type Scenario } from '../scenario.ts';
import { createChoose, makeMessages } from './messages.ts';

/** Each request is built once and sent again and again, so that sending costs little. */
const REQUESTS_PER_CONNECTION = 200;
/** autocannon puts another text of 33 characters in this place each time. */
const UNIQUE_TEXT = '[<id>]';

/** What one of a scenario's connections sends in turn. */
export function makeRequests({ chats, keys }: Scenario, connection: number): Request[] {
  const paths = listPaths(chats);
  const choose = createChoose(connection);
  return makeMessages(REQUESTS_PER_CONNECTION, choose).map((message) => ({
    method: 'POST',
    path: paths[choose(paths.length)]!,
    headers: { 'Content-Type': 'application/json', ...(keys === 'each' && { 'Idempotency-Key': UNIQUE_TEXT }) },
    body: JSON.stringify(message),
  }));
}
