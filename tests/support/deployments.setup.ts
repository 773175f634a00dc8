/**
 * What the black-box tests run against: the engine that ENGINE names (localstack or ministack, started before), the
 * deployment that BASE_URL, AWS_ENDPOINT_URL and SOCKET_URL name, or else embedded engines in both Lambda modes, started here on free
 * ports.
 */
import type { TestProject } from 'vitest/node';
import { EngineProcess } from './engine-process.ts';
import type { EngineName } from './known-differences.ts';
import { type HostEngineName, readEngineName, readRunningEngine } from './running-engine.ts';

export interface Deployment {
  readonly name: string;
  readonly engine: EngineName;
  /** URL of the API, without a slash at its end. */
  readonly baseUrl: string;
  readonly awsEndpoint: string;
  /** Undefined where there is no socket. */
  readonly socketUrl: string | undefined;
  /** How many requests it is given at once at most: the engines in Python start a process for each. */
  readonly maxConnections: number;
}

declare module 'vitest' {
  export interface ProvidedContext {
    deployments: Deployment[];
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { BASE_URL: baseUrl, AWS_ENDPOINT_URL: awsEndpoint, SOCKET_URL: socketUrl } = process.env;
  const engine = readEngineName();
  if (engine !== undefined) {
    project.provide('deployments', [describeRunningEngine(engine)]);
    return async () => {};
  }
  if (baseUrl !== undefined && awsEndpoint !== undefined) {
    const deployment = { baseUrl: baseUrl.replace(/\/$/, ''), awsEndpoint, socketUrl, maxConnections: 600 };
    project.provide('deployments', [{ name: baseUrl, engine: 'aws', ...deployment }]);
    return async () => {};
  }
  const modes = ['managed', 'lambda'];
  // Tests ask faster than any client should; the limits have tests of their own.
  const unlimited = { THROTTLE: 'off', SESSION_THROTTLE: 'off' };
  const engines = await Promise.all(
    modes.map((mode) => EngineProcess.start({ environment: { LAMBDA_MODE: mode, API_PORT: '0,0', ...unlimited } })),
  );
  project.provide(
    'deployments',
    engines.map((each, index): Deployment => {
      const { apiUrls, awsEndpoint: endpoint, outputs } = each.describe();
      const deployment = {
        baseUrl: apiUrls[0]!,
        awsEndpoint: endpoint,
        socketUrl: findSocketUrl(outputs),
        maxConnections: 600,
      };
      return { name: `embedded, ${modes[index]}`, engine: 'embedded', ...deployment };
    }),
  );
  return async () => void (await Promise.all(engines.map((each) => each.discard())));
}

function describeRunningEngine(engine: HostEngineName): Deployment {
  const { awsEndpoint, deployment } = readRunningEngine(engine);
  const [baseUrl] = deployment?.apiUrls ?? [];
  if (baseUrl === undefined) throw new Error(`ENGINE=${engine}: no app is deployed on it; run npm run ${engine}`);
  const socketUrl = findSocketUrl(deployment?.outputs ?? {});
  return { name: engine, engine, baseUrl, awsEndpoint, socketUrl, maxConnections: 16 };
}

function findSocketUrl(outputs: Readonly<Record<string, Readonly<Record<string, string>>>>): string | undefined {
  return Object.values(outputs).flatMap(({ SocketUrl: url }) => url ?? [])[0];
}
