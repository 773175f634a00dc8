/** The template that a test looks into. */
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { MessengerStack } from '../../infra/messenger-stack.ts';
import type { Settings } from '../../infra/settings.ts';

/** As an AWS account gets them, written out. */
export const SETTINGS: Settings = {
  modules: new Set(['stream', 'chats', 'realtime']),
  throttle: 100,
  publicAccess: false,
  sessionLifetimeMinutes: 60,
  tokenType: 'session_id',
  sessionThrottle: 50,
  cache: { kind: 'memory' },
  cloudFront: false,
};

export function synthesize(overrides: Partial<Settings> = {}): Template {
  const stack = new MessengerStack(new App(), 'Messenger', { settings: { ...SETTINGS, ...overrides } });
  return Template.fromStack(stack);
}

/** The environment variables of the functions that check sessions. */
export function environmentsOf(template: Template): Record<string, string>[] {
  return Object.values(template.findResources('AWS::Lambda::Function'))
    .map(({ Properties }) => Properties.Environment.Variables)
    .filter((variables) => 'TOKEN_TYPE' in variables && 'PEOPLE_TABLE_NAME' in variables);
}
