/** The command line of the verify tool. */
import { defaultApiUrl, defaultAwsEndpoint, type Environment } from '../command-line/engine-defaults.ts';
import { readArguments, readUrl, readUrls } from '../command-line/read-options.ts';
import { ToolError } from '../command-line/run-tool.ts';

export interface VerifyOptions {
  /** Path of the file with the answers. */
  readonly responses: string;
  readonly urls: readonly URL[];
  /** Undefined for the real AWS. */
  readonly awsEndpoint: string | undefined;
  /** Undefined if it is to be looked for. */
  readonly table: string | undefined;
}

export const VERIFY_HELP = `Checks what npm run load got against itself and against the store, and the store against its promises.

Usage: npm run verify -- [options]

  --responses FILE    answers that npm run load saved: a JSON array, however it is laid out (over 512 MB only with
                      one answer per line, as it was saved)  [responses.json]
  --url URL[,URL...]  base URLs of the API: verify asks each for GET /, nothing else
                      [http://127.0.0.1:8081, or the first port in API_PORT]
  --endpoint URL      where the store is read directly
                      [AWS_ENDPOINT_URL, or http://127.0.0.1:4566 with the port in AWS_PORT, if the first --url is
                      on this machine]
  --aws               read it in AWS, in the region and with the credentials that the AWS CLI would use
  --table NAME        its table  [the only table whose name contains ChatsTable]
  --help

Per answer:      ids are consecutive, the sent message comes last, Message_sent is its id, rows are ten or all there are.
Over answers:    what two say about a message is the same; no two sent the same id.
Over the store:  ids run from 1 without a gap, each once; ordinals of each sender run 1, 2, 3, ...; what stands in both
                 head and history is the same; no text that npm run load made up is stored twice.
Against it:      every row of every answer stands in the store, unchanged.

The answers are read before the store, so a store that is being written to can be checked too. An answer to a repeated
Idempotency-Key counts as an id sent twice; npm run load never repeats a key. A chat that nobody has read yet is created.

Environment variables: API_PORT and AWS_PORT, as for npm start; AWS_ENDPOINT_URL, as for the AWS CLI.

Exit code: 0 if nothing is wrong, 1 if something is, 2 if it could not be checked, for example because FILE has no
answers, is not a JSON array or was cut off.`;

const LOCAL_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** @returns undefined if only help is wanted */
export function readVerifyOptions(args: string[], environment: Environment = process.env): VerifyOptions | undefined {
  const { values } = readArguments({
    args,
    options: {
      responses: { type: 'string', default: 'responses.json' },
      url: { type: 'string' },
      endpoint: { type: 'string' },
      aws: { type: 'boolean', default: false },
      table: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { responses, table, aws, endpoint } = values;
  const urls = readUrls('url', values.url ?? defaultApiUrl(environment));
  const awsEndpoint = aws ? refuseEndpoint(endpoint) : findEndpoint(endpoint, urls, environment);
  return { responses, urls, table, awsEndpoint };
}

function refuseEndpoint(endpoint: string | undefined): undefined {
  if (endpoint !== undefined) throw new ToolError('--aws and --endpoint exclude each other');
}

function findEndpoint(endpoint: string | undefined, [url]: readonly URL[], environment: Environment): string {
  if (endpoint !== undefined) return readUrl('endpoint', endpoint).href;
  if (url !== undefined && LOCAL_HOSTS.has(url.hostname)) return defaultAwsEndpoint(environment);
  throw new ToolError(`${url?.origin} is not on this machine: say with --aws or --endpoint where its store is`);
}
