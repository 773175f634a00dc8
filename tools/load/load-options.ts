/** The command line of the load tool. */
import { defaultApiUrls, type Environment } from '../command-line/engine-defaults.ts';
import { readArguments, readUrls, readWholeNumber } from '../command-line/read-options.ts';
import { MIN_TEXT_LENGTH } from './load-message.ts';
import { ToolError } from '../command-line/run-tool.ts';

export interface LoadOptions {
  /** Base URLs, which take turns. */
  readonly urls: readonly URL[];
  readonly messages: number;
  /** Connections open at once, over all URLs. */
  readonly connections: number;
  readonly senders: number;
  readonly textLength: number;
  /** Whether each request carries an idempotency key. */
  readonly keys: boolean;
  /** Path of the file for the answers. */
  readonly responses: string;
  readonly timeoutMs: number;
}

export const LOAD_HELP = `Sends messages to the open stream and saves the answers for npm run verify.

Usage: npm run load -- [options]

  --url URL[,URL...]  base URLs of the API, which take turns  [http://127.0.0.1:8081, or the ports in API_PORT]
  --messages N        messages to send, each in one request that is never repeated  [1000]
  --connections N     connections open at once, over all URLs; with as many as messages, each request has
                      a connection of its own and all are opened at once  [100]
  --senders N         distinct senders  [100]
  --text-length N     characters of each text, from ${MIN_TEXT_LENGTH} to 4096  [64]
  --keys              send an Idempotency-Key, another one with each request
  --responses FILE    where to save the answers  [responses.json]
  --timeout SECONDS   how long to wait for a connection, and then for the answer  [60]
  --help

FILE is a JSON array with one answer per line, as it came, in the order in which the answers came; only answers with
status 200 are in it. Ctrl-C stops sending, waits for the answers under way and completes FILE; a second Ctrl-C does
not wait. Progress goes to stderr, the summary to stdout.

Environment variable: API_PORT, as for npm start: the port of the API, or several separated by commas; without --url,
all of them are used.

Before the first message each URL is asked for GET /. If one does not answer, FILE stays as it was.

Exit code: 0 if every message got a right answer, 1 if not, 2 if nothing could be sent.`;

/** @returns undefined if only help is wanted */
export function readLoadOptions(args: string[], environment: Environment = process.env): LoadOptions | undefined {
  const { values } = readArguments({
    args,
    options: {
      url: { type: 'string' },
      messages: { type: 'string', default: '1000' },
      connections: { type: 'string', default: '100' },
      senders: { type: 'string', default: '100' },
      'text-length': { type: 'string', default: '64' },
      keys: { type: 'boolean', default: false },
      responses: { type: 'string', default: 'responses.json' },
      timeout: { type: 'string', default: '60' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const urls = readUrls('url', values.url ?? defaultApiUrls(environment));
  const connections = readWholeNumber('connections', values.connections, 1, 60_000);
  if (connections < urls.length)
    throw new ToolError(`--connections: got ${connections} for ${urls.length} URLs; it takes one for each at least`);
  return {
    urls,
    messages: readWholeNumber('messages', values.messages, 1, 999_999_999),
    connections,
    senders: readWholeNumber('senders', values.senders, 1, 1_000_000),
    textLength: readWholeNumber('text-length', values['text-length'], MIN_TEXT_LENGTH, 4096),
    keys: values.keys,
    responses: values.responses,
    timeoutMs: readWholeNumber('timeout', values.timeout, 1, 3_600) * 1_000,
  };
}
