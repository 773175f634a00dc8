/** Puts the URLs at which this machine serves a stack's APIs into its outputs, as nobody resolves API Gateway's own names. */
import type { DeployedStack } from './template/deploy-stack.ts';
import { nameStage } from './websocket-api/stage-paths.ts';
import { nameDomain } from './websocket-api/websocket-events.ts';

export interface LocalUrls {
  /** Of the stack's first REST API; undefined if there is none. */
  readonly api: string | undefined;
  readonly awsEndpoint: string;
  /** Of the stack's first WebSocket API, if a port serves it. */
  readonly webSocketApi: string | undefined;
}

export function localizeOutputs(
  { outputs, restApis, webSocketApis }: Pick<DeployedStack, 'outputs' | 'restApis' | 'webSocketApis'>,
  urls: LocalUrls,
): Record<string, string> {
  const replacements: [remote: string, local: string][] = [];
  const [restApi] = restApis;
  if (restApi !== undefined && urls.api !== undefined) {
    const { restApiId: apiId, region, stageName } = restApi.definition;
    replacements.push([`https://${nameDomain({ apiId, region })}/${stageName}`, urls.api]);
  }
  for (const [index, { definition }] of webSocketApis.entries()) {
    const endpoint = `${urls.awsEndpoint.replace('http', 'ws')}/_aws/execute-api/${nameStage(definition)}`;
    const url = index === 0 ? (urls.webSocketApi ?? endpoint) : endpoint;
    replacements.push([`wss://${nameDomain(definition)}/${definition.stageName}`, url]);
  }
  const localize = (value: string): string =>
    replacements.reduce((text, [remote, local]) => text.replaceAll(remote, local), value);
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, localize(value)]));
}
