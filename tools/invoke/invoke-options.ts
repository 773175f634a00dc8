/** The command line of the invoke tool. */
import { defaultAwsEndpoint, type Environment } from '../command-line/engine-defaults.ts';
import { readArguments, readUrl } from '../command-line/read-options.ts';
import { ToolError } from '../command-line/run-tool.ts';

export interface InvokeOptions {
  /** The name of the function's folder, or of the function. */
  readonly name: string;
  /** Path of the file with the event. */
  readonly eventFile: string;
  readonly endpoint: string;
  readonly raw: boolean;
}

export const INVOKE_HELP = `Invokes a function of a running engine with an event from a file.

Usage: npm run invoke -- FUNCTION EVENT [options]

  FUNCTION        its folder in functions/, such as send-message, or its full name
  EVENT           a JSON file, such as events/send-message/ok.json
  --endpoint URL  the engine's AWS endpoint  [AWS_ENDPOINT_URL, or http://127.0.0.1:4566 with the port in
                  AWS_PORT]
  --raw           print what the function returned as it came, and nothing else
  --help

Prints status, headers and body of an HTTP answer, or what else the function returned, and the end of its log.

Environment variables: AWS_PORT, as for npm start; AWS_ENDPOINT_URL, as for the AWS CLI.

Exit code: 0 if the function returned, 1 if it failed, 2 if it could not be invoked.`;

/** @returns undefined if only help is wanted */
export function readInvokeOptions(args: string[], environment: Environment = process.env): InvokeOptions | undefined {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      endpoint: { type: 'string' },
      raw: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const [name, eventFile, ...others] = positionals;
  if (name === undefined || eventFile === undefined || others.length > 0)
    throw new ToolError(`It takes a function and an event file, got ${positionals.length} arguments\nSee --help.`);
  const endpoint = readUrl('endpoint', values.endpoint ?? defaultAwsEndpoint(environment)).href;
  return { name, eventFile, endpoint, raw: values.raw };
}
