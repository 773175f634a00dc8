/** The CDK app that serves many chats: the messenger's own table, queue and API, and one function for all chats. */
import path from 'node:path';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { AuthorizationType } from 'aws-cdk-lib/aws-apigateway';
import { bundleFunctions } from '../../../infra/bundle-functions.ts';
import { ChatActivity } from '../../../infra/constructs/chat-activity.ts';
import { ChatTable } from '../../../infra/constructs/chat-table.ts';
import { MessengerApi } from '../../../infra/constructs/messenger-api.ts';
import { MessengerFunction } from '../../../infra/constructs/messenger-function.ts';
import { ENVIRONMENT } from '../../../shared/runtime/environment.ts';
import { bundleHandler } from './bundle-handler.ts';

const app = new App();
const stack = new Stack(app, 'ManyChats');
const chats = new ChatTable(stack, 'Chats');
const activity = new ChatActivity(stack, 'ChatActivity', { chats, bundle: bundleFunctions()('fan-out') });
const sendMessage = new MessengerFunction(stack, 'SendMessageFunction', {
  description: 'POST /chats/{chatId}/send_message/',
  bundle: bundleHandler(path.join(app.outdir, '..', 'many-chats-bundle')),
  timeout: Duration.seconds(25),
  environment: {
    [ENVIRONMENT.chatTable]: chats.table.tableName,
  },
});
chats.grantMessages(sendMessage);
activity.letSignal(sendMessage);
const api = new MessengerApi(stack, 'Http', { throttle: undefined });
api.addRoute({ method: 'POST', path: '/chats/{chatId}/send_message' }, sendMessage, AuthorizationType.NONE);
new CfnOutput(stack, 'ChatTableName', { value: chats.table.tableName });
