/** Makes sure that there is somebody to send to before a load begins. */
import { request } from 'undici';
import { resolveBelow } from '../command-line/read-options.ts';
import { ToolError } from '../command-line/run-tool.ts';

const TIMEOUT_MS = 5_000;

/** Asks each URL for `GET /`; any answer will do. @throws ToolError if one gives none within five seconds */
export async function requireApi(urls: readonly URL[]): Promise<void> {
  await Promise.all(urls.map(requireAnswer));
}

async function requireAnswer(url: URL): Promise<void> {
  try {
    const { body } = await request(resolveBelow(url, '/'), { reset: true, signal: AbortSignal.timeout(TIMEOUT_MS) });
    await body.dump();
  } catch (cause) {
    throw new ToolError(
      `No API answers at ${url.href}: start one with npm start (API_PORT=8081,8082 npm start for two ports), or say where it is with --url`,
      { cause },
    );
  }
}
