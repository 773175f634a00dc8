/** Asks the API how it is. */
import { resolveBelow } from '../command-line/read-options.ts';
import { ToolError } from '../command-line/run-tool.ts';
import type { Violation } from './violations.ts';

const TIMEOUT_MS = 10_000;

/** `GET /` must answer 200 and that the store is well. @throws ToolError if there is no answer */
export async function checkHealth(url: URL): Promise<Violation[]> {
  const root = resolveBelow(url, '/');
  const { status, text } = await ask(root);
  if (status === 200 && saysOk(text)) return [];
  return [{ kind: 'not healthy', message: `GET ${root.href} answered ${status} ${text}` }];
}

async function ask(url: URL): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    throw new ToolError(
      `${url.href} does not answer: start the service with npm start, or say where it is with --url`,
      {
        cause,
      },
    );
  }
}

function saysOk(text: string): boolean {
  try {
    const { status, store }: { status?: unknown; store?: unknown } = JSON.parse(text);
    return status === 'ok' && store === 'ok';
  } catch {
    return false;
  }
}
