/** One function behind one REST API; with `-c unsupported=true` also something that no engine here has. */
import path from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { LambdaRestApi } from 'aws-cdk-lib/aws-apigateway';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';

const app = new App();
const stack = new Stack(app, 'Small');
const handler = new Function(stack, 'Function', {
  code: Code.fromAsset(path.resolve('function')),
  handler: 'index.handler',
  runtime: Runtime.NODEJS_24_X,
});
const api = new LambdaRestApi(stack, 'Api', { handler, cloudWatchRole: false });
if (app.node.tryGetContext('unsupported') === 'true') {
  const fleet = new CfnResource(stack, 'Fleet', { type: 'AWS::GameLift::Fleet', properties: { Name: 'fleet' } });
  fleet.node.addDependency(api);
}
