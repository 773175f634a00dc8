/** What can be set about a deployment: by CDK context (`-c throttle=100`) or by an environment variable (`THROTTLE=100`). */
import type { Node } from 'constructs';
import { isModule, type Module, MODULES } from '../shared/contract/modules.ts';

export interface Settings {
  /** `modules`: the parts to deploy, separated by commas; all by default. A part left out leaves nothing in the template. */
  readonly modules: ReadonlySet<Module>;
  /** `throttle`: requests per second that each route of the module chats takes before it answers 429; 100 by default, or off. */
  readonly throttle: number | undefined;
  /** `publicAccess`: true opens the routes that know no sign-in to everybody; otherwise they take requests signed with AWS credentials. */
  readonly publicAccess: boolean;
  /** `sessionLifetimeMinutes`: how long a session lasts, and an access token of one that can be refreshed; 60 by default. */
  readonly sessionLifetimeMinutes: number;
  /** `tokenType`: what stands before a session's token in `Authorization`, where Bearer may stand too; session_id by default. */
  readonly tokenType: string;
  /** `sessionThrottle`: requests per second that an environment takes from one session before it answers 429; 50 by default, or off. */
  readonly sessionThrottle: number | undefined;
  /** `cache`: where messages that have left their chat's head are cached: memory (of each environment), redis or off. */
  readonly cache: CacheSettings;
  /** `cloudFront`: true puts a CloudFront distribution in front of the API and the socket, so that both have one base URL. */
  readonly cloudFront: boolean;
}

/** `redisUrl`: the Redis to use; without it, ElastiCache is deployed. */
export type CacheSettings =
  { readonly kind: 'memory' } | { readonly kind: 'off' } | { readonly kind: 'redis'; readonly url: string | undefined };

/** @throws Error that names the setting, what it got and what it takes */
export function readSettings(node: Node): Settings {
  return {
    modules: parseModules(readSetting(node, 'modules') ?? MODULES.join(',')),
    throttle: parseThrottle('throttle', readSetting(node, 'throttle') ?? '100'),
    publicAccess: parseBoolean('publicAccess', readSetting(node, 'publicAccess') ?? 'false'),
    sessionLifetimeMinutes: parseMinutes('sessionLifetimeMinutes', readSetting(node, 'sessionLifetimeMinutes') ?? '60'),
    tokenType: parseTokenType(readSetting(node, 'tokenType') ?? 'session_id'),
    sessionThrottle: parseThrottle('sessionThrottle', readSetting(node, 'sessionThrottle') ?? '50'),
    cache: parseCache(readSetting(node, 'cache') ?? 'memory', readSetting(node, 'redisUrl')),
    cloudFront: parseBoolean('cloudFront', readSetting(node, 'cloudFront') ?? 'false'),
  };
}

/** Context wins over the environment. */
function readSetting(node: Node, name: string): string | undefined {
  const fromContext: string | number | boolean | undefined = node.tryGetContext(name);
  const fromEnvironment = process.env[name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()];
  const value = String(fromContext ?? fromEnvironment ?? '');
  return value === '' ? undefined : value;
}

function parseModules(value: string): Set<Module> {
  const modules = new Set<Module>();
  for (const name of value.split(',').map((part) => part.trim())) {
    if (!isModule(name)) throw new Error(`modules: got "${name}"; it takes ${MODULES.join(', ')}`);
    modules.add(name);
  }
  if (modules.has('realtime') && !modules.has('chats'))
    throw new Error(`modules: got "${value}"; realtime takes chats beside it`);
  return modules;
}

/** A whole number, because so many may also come at once. */
function parseThrottle(name: string, value: string): number | undefined {
  if (value === 'off') return undefined;
  const rate = Number(value);
  if (!Number.isInteger(rate) || rate <= 0)
    throw new Error(`${name}: got "${value}"; it takes requests per second, for example 100, or off`);
  return rate;
}

function parseMinutes(name: string, value: string): number {
  const minutes = Number(value);
  if (!Number.isFinite(minutes) || minutes <= 0)
    throw new Error(`${name}: got "${value}"; it takes minutes, for example 60`);
  return minutes;
}

/** A scheme of HTTP authentication is a token (RFC 9110, section 5.6.2). */
function parseTokenType(value: string): string {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(value))
    throw new Error(`tokenType: got "${value}"; it takes one word of letters, digits, - and _, for example session_id`);
  return value;
}

function parseCache(kind: string, url: string | undefined): CacheSettings {
  if (kind === 'redis') return { kind, url };
  if (kind === 'memory' || kind === 'off') return { kind };
  throw new Error(`cache: got "${kind}"; it takes memory, redis or off`);
}

function parseBoolean(name: string, value: string): boolean {
  if (value !== 'true' && value !== 'false') throw new Error(`${name}: got "${value}"; it takes true or false`);
  return value === 'true';
}
