/** The CDK app. */
import { App } from 'aws-cdk-lib';
import { MessengerStack } from './messenger-stack.ts';
import { readSettings } from './settings.ts';

const app = new App();
new MessengerStack(app, 'Messenger', {
  description: 'Serverless messenger',
  settings: readSettings(app.node),
});
