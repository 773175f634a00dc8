/** What can be set about a deployment: by CDK context (`-c throttle=100`) or by an environment variable (`THROTTLE=100`). */
import type { Node } from 'constructs';

/** Parts of the messenger that can be left out. */
const MODULES = ['stream'] as const;
export type Module = (typeof MODULES)[number];

export interface Settings {
  /** `modules`: the parts to deploy, separated by commas; all by default. A part left out leaves nothing in the template. */
  readonly modules: ReadonlySet<Module>;
  /** `throttle`: requests per second that each route takes before it answers 429; none by default. */
  readonly throttle: number | undefined;
  /** `publicAccess`: true opens the routes that know no sign-in to everybody; otherwise they take requests signed with AWS credentials. */
  readonly publicAccess: boolean;
}

/** @throws Error that names the setting, what it got and what it takes */
export function readSettings(node: Node): Settings {
  return {
    modules: parseModules(readSetting(node, 'modules') ?? MODULES.join(',')),
    throttle: parseThrottle(readSetting(node, 'throttle')),
    publicAccess: parseBoolean('publicAccess', readSetting(node, 'publicAccess') ?? 'false'),
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
    const module = MODULES.find((known) => known === name);
    if (module === undefined) throw new Error(`modules: got "${name}"; it takes ${MODULES.join(', ')}`);
    modules.add(module);
  }
  return modules;
}

function parseThrottle(value: string | undefined): number | undefined {
  if (value === undefined || value === 'off') return undefined;
  const rate = Number(value);
  if (!Number.isFinite(rate) || rate <= 0)
    throw new Error(`throttle: got "${value}"; it takes requests per second, for example 100, or off`);
  return rate;
}

function parseBoolean(name: string, value: string): boolean {
  if (value !== 'true' && value !== 'false') throw new Error(`${name}: got "${value}"; it takes true or false`);
  return value === 'true';
}
