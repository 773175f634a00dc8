/** The whole messenger, put together from its constructs. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { bundleFunctions } from './bundle-functions.ts';
import { Accounts } from './constructs/accounts.ts';
import { ApiDescription } from './constructs/api-description.ts';
import { BaseUrl } from './constructs/base-url.ts';
import { ChatActivity } from './constructs/chat-activity.ts';
import { ChatTable } from './constructs/chat-table.ts';
import { Chats } from './constructs/chats.ts';
import { Health } from './constructs/health.ts';
import { MessengerApi } from './constructs/messenger-api.ts';
import { OpenStream } from './constructs/open-stream.ts';
import { Realtime } from './constructs/realtime.ts';
import type { SocketApi } from './constructs/socket-api.ts';
import type { Settings } from './settings.ts';

export interface MessengerStackProps extends StackProps {
  readonly settings: Settings;
}

export class MessengerStack extends Stack {
  constructor(scope: Construct, id: string, props: MessengerStackProps) {
    super(scope, id, props);
    const { modules, throttle, publicAccess, cache, cloudFront } = props.settings;
    if (modules.size === 0) return;

    const bundleOf = bundleFunctions();
    const chats = new ChatTable(this, 'Chats');
    const activity = new ChatActivity(this, 'ChatActivity', { chats, bundle: bundleOf('fan-out') });
    const api = new MessengerApi(this, 'Http', { throttle });
    const health = new Health(this, 'Health', { api, chats, bundle: bundleOf('check-health') });
    new ApiDescription(this, 'Description', { api, bundle: bundleOf('describe-api'), settings: props.settings });
    this.#addOutput('ApiUrl', api.api.url);
    this.#addOutput('ApiId', api.api.restApiId);
    this.#addOutput('ChatTableName', chats.table.tableName);
    this.#addOutput('ChatActivityQueueUrl', activity.queue.queueUrl);
    this.#addOutput('ChatActivityDeadLetterQueueUrl', activity.deadLetterQueue.queueUrl);
    this.#addOutput('CheckHealthFunctionName', health.checkHealth.functionName);
    let sockets: SocketApi | undefined;
    if (modules.has('stream')) {
      health.addStreamRoute({ publicAccess });
      const stream = new OpenStream(this, 'OpenStream', { api, chats, activity, bundleOf, publicAccess });
      this.#addOutput(
        'Example',
        `curl ${api.api.url}send_message/ -H 'Content-Type: application/json' -d '{"sender": "ann", "text": "hello"}'`,
      );
      this.#addOutput('SendMessageFunctionName', stream.sendMessage.functionName);
    }
    if (modules.has('chats')) {
      const accounts = new Accounts(this, 'Accounts', { api, bundleOf, settings: props.settings });
      health.addPings(accounts);
      const { manageChats, exchangeMessages } = new Chats(this, 'Members', {
        api,
        accounts,
        chats,
        activity,
        bundleOf,
        cache,
      });
      this.#addOutput('ManageAccountsFunctionName', accounts.manageAccounts.functionName);
      this.#addOutput('ManageChatsFunctionName', manageChats.functionName);
      this.#addOutput('ExchangeMessagesFunctionName', exchangeMessages.functionName);
      if (modules.has('realtime')) {
        const realtime = new Realtime(this, 'Realtime', { api, accounts, chats, activity, bundleOf, throttle });
        realtime.letTell(exchangeMessages);
        realtime.letTell(activity.fanOut);
        realtime.letClose(accounts.manageAccounts);
        this.#addOutput('SocketUrl', realtime.sockets.stage.url);
        sockets = realtime.sockets;
        this.#addOutput('ServeSocketsFunctionName', realtime.serveSockets.functionName);
      }
    }
    if (cloudFront) this.#addOutput('BaseUrl', new BaseUrl(this, 'CloudFront', { api, sockets }).url);
  }

  #addOutput(name: string, value: string): void {
    new CfnOutput(this, name, { value });
  }
}
