/** The whole messenger, put together from its constructs. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { bundleFunctions } from './bundle-functions.ts';
import { ChatActivity } from './constructs/chat-activity.ts';
import { ChatTable } from './constructs/chat-table.ts';
import { MessengerApi } from './constructs/messenger-api.ts';
import { OpenStream } from './constructs/open-stream.ts';
import type { Settings } from './settings.ts';

export interface MessengerStackProps extends StackProps {
  readonly settings: Settings;
}

export class MessengerStack extends Stack {
  constructor(scope: Construct, id: string, props: MessengerStackProps) {
    super(scope, id, props);
    const { modules, throttle, publicAccess } = props.settings;
    if (!modules.has('stream')) return;

    const bundleOf = bundleFunctions();
    const chats = new ChatTable(this, 'Chats');
    const activity = new ChatActivity(this, 'ChatActivity', { chats, bundle: bundleOf('fan-out') });
    const api = new MessengerApi(this, 'Http', { throttle });
    const stream = new OpenStream(this, 'OpenStream', { api, chats, activity, bundleOf, publicAccess });

    this.#addOutput('ApiUrl', api.api.url);
    this.#addOutput(
      'Example',
      `curl ${api.api.url}send_message/ -H 'Content-Type: application/json' -d '{"sender": "ann", "text": "hello"}'`,
    );
    this.#addOutput('ApiId', api.api.restApiId);
    this.#addOutput('ChatTableName', chats.table.tableName);
    this.#addOutput('ChatActivityQueueUrl', activity.queue.queueUrl);
    this.#addOutput('ChatActivityDeadLetterQueueUrl', activity.deadLetterQueue.queueUrl);
    this.#addOutput('SendMessageFunctionName', stream.sendMessage.functionName);
    this.#addOutput('CheckHealthFunctionName', stream.checkHealth.functionName);
  }

  #addOutput(name: string, value: string): void {
    new CfnOutput(this, name, { value });
  }
}
