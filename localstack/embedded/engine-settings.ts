/** What can be set about an engine, by environment variables and on the command line. */
import { parseArgs } from 'node:util';
import { parseContext, parseNumber } from '../setting-values.ts';
import type { LambdaMode } from './lambda/function-settings.ts';

export interface EngineSettings {
  /** Folder of the CDK app: where cdk.json is. */
  readonly appFolder: string;
  /** CDK context: what `-c name=value` sets. */
  readonly context: Record<string, string>;
  /** Ports of the API; 0 for any free one. */
  readonly apiPorts: readonly number[];
  readonly awsPort: number;
  readonly dataFolder: string;
  /** Whether to start with an empty data folder. */
  readonly fresh: boolean;
  readonly lambdaMode: LambdaMode;
  /** Environments that one function may have at the same time. */
  readonly maxEnvironments: number;
  readonly webSocket: WebSocketSettings;
  /** Whether to reload functions when their sources change. */
  readonly watch: boolean;
  /** Output of the stack to print when ready, for example a request to try. */
  readonly shownOutput: string | undefined;
}

export interface WebSocketSettings {
  /** Where the API ports serve the WebSocket API; undefined for nowhere. */
  readonly path: string | undefined;
  /** How long a connection lasts in which nothing is sent. */
  readonly idleSeconds: number;
  /** How long any connection lasts. */
  readonly lifetimeSeconds: number;
}

export const USAGE = `Runs a CDK app on this machine: API Gateway, Lambda, DynamoDB and SQS, from npm packages alone.

Usage: node localstack/embedded/main.ts [options]
  -c, --context NAME=VALUE   CDK context, as for cdk synth; may be repeated
      --websocket PATH       serve the WebSocket API under this path of the API port
      --watch                reload a function within two seconds after its sources change
      --show OUTPUT          print this output of the stack when ready
      --help                 this text

Environment variables:
  API_PORT                   port of the API; several, separated by commas, serve the same API (8081)
  AWS_PORT                   port for the AWS CLI and SDKs: DynamoDB, SQS, Lambda (4566)
  DATA_DIR                   folder that keeps everything (.data)
  FRESH=1                    start with an empty folder
  LAMBDA_MODE                managed: several requests at once in each execution environment, as Lambda Managed
                             Instances do (the default); lambda: one request at a time, as Lambda does by default
  LAMBDA_MAX_ENVIRONMENTS    execution environments that one function may have (managed: 1, lambda: 4)
  WEBSOCKET_IDLE_SECONDS     how long a WebSocket lasts in which nothing is sent (600)
  WEBSOCKET_LIFETIME_SECONDS how long any WebSocket lasts (7200)
`;

/** What an environment holds in memory and how far this machine's processors go: more would only wait for each other. */
const DEFAULT_MAX_ENVIRONMENTS: Record<LambdaMode, number> = { managed: 1, lambda: 4 };

/** @throws Error that says what was got and what is taken */
export function readSettings(args: readonly string[], environment: NodeJS.ProcessEnv): EngineSettings | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      context: { type: 'string', short: 'c', multiple: true, default: [] },
      websocket: { type: 'string' },
      watch: { type: 'boolean', default: false },
      show: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  // An empty variable is one that is not set.
  const read = (name: string): string | undefined => environment[name] || undefined;
  const lambdaMode = parseMode(read('LAMBDA_MODE') ?? 'managed');
  return {
    appFolder: process.cwd(),
    context: parseContext(values.context),
    apiPorts: (read('API_PORT') ?? '8081').split(',').map((port) => parseNumber('API_PORT', port, 0, 65_535)),
    awsPort: parseNumber('AWS_PORT', read('AWS_PORT') ?? '4566', 0, 65_535),
    dataFolder: read('DATA_DIR') ?? '.data',
    fresh: parseSwitch('FRESH', read('FRESH') ?? '0'),
    lambdaMode,
    maxEnvironments: parseNumber(
      'LAMBDA_MAX_ENVIRONMENTS',
      read('LAMBDA_MAX_ENVIRONMENTS') ?? String(DEFAULT_MAX_ENVIRONMENTS[lambdaMode]),
      1,
      1_000,
    ),
    webSocket: {
      path: values.websocket === undefined ? undefined : parsePath('--websocket', values.websocket),
      idleSeconds: parseSeconds('WEBSOCKET_IDLE_SECONDS', read('WEBSOCKET_IDLE_SECONDS') ?? '600'),
      lifetimeSeconds: parseSeconds('WEBSOCKET_LIFETIME_SECONDS', read('WEBSOCKET_LIFETIME_SECONDS') ?? '7200'),
    },
    watch: values.watch,
    shownOutput: values.show,
  };
}

function parsePath(name: string, text: string): string {
  if (!/^(?:\/[\w.-]+)+$/.test(text)) throw new Error(`${name}: got "${text}"; it takes a path such as /chat/ws`);
  return text;
}

function parseSwitch(name: string, text: string): boolean {
  if (text !== '0' && text !== '1') throw new Error(`${name}: got "${text}"; it takes 1 or 0`);
  return text === '1';
}

function parseSeconds(name: string, text: string): number {
  return parseNumber(name, text, 1, 86_400);
}

function parseMode(text: string): LambdaMode {
  if (text !== 'managed' && text !== 'lambda')
    throw new Error(`LAMBDA_MODE: got "${text}"; it takes managed or lambda`);
  return text;
}
