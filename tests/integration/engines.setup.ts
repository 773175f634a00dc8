/**
 * What the black-box tests run against: the deployment that BASE_URL and AWS_ENDPOINT_URL name, or else embedded engines
 * in both Lambda modes, started here on free ports.
 */
import type { TestProject } from 'vitest/node';
import { EngineProcess } from '../support/engine-process.ts';

export interface Deployment {
  readonly name: string;
  /** URL of the API, without a slash at its end. */
  readonly baseUrl: string;
  readonly awsEndpoint: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    deployments: Deployment[];
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { BASE_URL: baseUrl, AWS_ENDPOINT_URL: awsEndpoint } = process.env;
  if (baseUrl !== undefined && awsEndpoint !== undefined) {
    project.provide('deployments', [{ name: baseUrl, baseUrl: baseUrl.replace(/\/$/, ''), awsEndpoint }]);
    return async () => {};
  }
  const modes = ['managed', 'lambda'];
  const engines = await Promise.all(
    modes.map((mode) => EngineProcess.start({ environment: { LAMBDA_MODE: mode, API_PORT: '0,0' } })),
  );
  const deployments = engines.map((engine, index) => {
    const { apiUrls, awsEndpoint: endpoint } = engine.describe();
    return { name: `embedded, ${modes[index]}`, baseUrl: apiUrls[0]!, awsEndpoint: endpoint };
  });
  project.provide('deployments', deployments);
  return async () => void (await Promise.all(engines.map((engine) => engine.discard())));
}
