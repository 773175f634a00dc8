/** The description names the routes that are deployed, and no others. */
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { MessengerStack } from '../../infra/messenger-stack.ts';
import { readSettings } from '../../infra/settings.ts';
import type { Module } from '../../shared/contract/modules.ts';
import { describeApi } from '../../shared/contract/openapi/describe-api.ts';

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly HttpMethod: string;
    readonly ResourceId: { readonly Ref?: string };
    readonly ParentId?: { readonly Ref?: string };
    readonly PathPart?: string;
  };
}

/** As `GET /v1/chats`. Preflight requests are the browsers' own affair. */
function listDeployedRoutes(modules: readonly Module[]): string[] {
  const app = new App();
  const settings = { ...readSettings(app.node), modules: new Set(modules) };
  const template = Template.fromStack(new MessengerStack(app, 'Messenger', { settings }));
  const resources: Record<string, Resource> = template.toJSON()['Resources'];
  const pathOf = (id: string | undefined): string => {
    const resource = resources[id ?? ''];
    return resource === undefined ? '' : `${pathOf(resource.Properties.ParentId?.Ref)}/${resource.Properties.PathPart}`;
  };
  return Object.values(resources)
    .filter(({ Type, Properties }) => Type === 'AWS::ApiGateway::Method' && Properties.HttpMethod !== 'OPTIONS')
    .map(({ Properties: { HttpMethod, ResourceId } }) => `${HttpMethod} ${pathOf(ResourceId.Ref) || '/'}`)
    .toSorted();
}

function listDescribedRoutes(modules: readonly Module[]): string[] {
  const { paths = {} } = describeApi({ modules: new Set(modules), tokenType: 'session_id' });
  return Object.entries(paths)
    .flatMap(([path, item]) => Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`))
    .toSorted();
}

test.each([[['stream', 'chats']], [['stream']], [['chats']]] satisfies Module[][][])('with %j', (modules) => {
  const deployed = listDeployedRoutes(modules);
  expect(deployed).toContain('GET /openapi.json');
  expect(listDescribedRoutes(modules)).toEqual(deployed);
});
