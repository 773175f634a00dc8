/** The module `stream`: one chat that everybody may write to, without signing in. */
import { Duration } from 'aws-cdk-lib';
import { AuthorizationType } from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { sendToStream } from '../../shared/contract/open-stream-operations.ts';
import { ENVIRONMENT } from '../../shared/runtime/environment.ts';
import type { ChatActivity } from './chat-activity.ts';
import type { ChatTable } from './chat-table.ts';
import type { MessengerApi } from './messenger-api.ts';
import { MessengerFunction } from './messenger-function.ts';

export interface OpenStreamProps {
  readonly api: MessengerApi;
  readonly chats: ChatTable;
  readonly activity: ChatActivity;
  /** Folder of a function's bundle, by the function's name. */
  readonly bundleOf: (functionName: string) => string;
  /** Whether everybody may call the routes, or only callers with AWS credentials. */
  readonly publicAccess: boolean;
}

export class OpenStream extends Construct {
  readonly sendMessage: IFunction;

  constructor(scope: Construct, id: string, props: OpenStreamProps) {
    super(scope, id);
    const { api, chats, activity, bundleOf } = props;

    const sendMessage = new MessengerFunction(this, 'SendMessageFunction', {
      description: 'POST /send_message/',
      bundle: bundleOf('send-message'),
      timeout: Duration.seconds(25),
      environment: {
        [ENVIRONMENT.chatTable]: chats.table.tableName,
      },
    });
    chats.grantMessages(sendMessage);
    activity.letSignal(sendMessage);

    const authorization = props.publicAccess ? AuthorizationType.NONE : AuthorizationType.IAM;
    api.addRoute(sendToStream, sendMessage, authorization);

    this.sendMessage = sendMessage;
  }
}
