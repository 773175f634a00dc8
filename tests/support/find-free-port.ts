/** A port of 127.0.0.1 that nothing listens on. */
import { createServer } from 'node:http';
import { listenLocally } from './local-server.ts';

export async function findFreePort(): Promise<number> {
  const server = await listenLocally(createServer());
  await server.close();
  return Number(new URL(server.url).port);
}
