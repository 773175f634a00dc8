// Reads a whole request body, up to a limit.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendJson } from './answers.ts';

/** More than any service behind the endpoint takes: Lambda's limit is 6 MB. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** The body, or undefined if it was too large and has been answered with 413. Rejects if the client breaks off. */
export async function readBody(request: IncomingMessage, response: ServerResponse): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes: Buffer = chunk;
    sizeBytes += bytes.length;
    if (sizeBytes > MAX_BODY_BYTES) {
      const message = `The request body is larger than ${MAX_BODY_BYTES} bytes.`;
      response.setHeader('connection', 'close');
      sendJson(response, 413, { __type: 'RequestEntityTooLarge', message });
      return undefined;
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
