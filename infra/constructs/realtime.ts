/** The module `realtime`: sockets, and what tells them of all that happens in their users' chats. */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../shared/runtime/environment.ts';
import type { Accounts } from './accounts.ts';
import type { ChatActivity } from './chat-activity.ts';
import type { ChatTable } from './chat-table.ts';
import type { MessengerApi } from './messenger-api.ts';
import { MessengerFunction } from './messenger-function.ts';
import { PushQueue } from './push-queue.ts';
import { SocketApi } from './socket-api.ts';
import { SocketTable } from './socket-table.ts';

export interface RealtimeProps {
  readonly api: MessengerApi;
  readonly accounts: Accounts;
  readonly chats: ChatTable;
  readonly activity: ChatActivity;
  /** Folder of a function's bundle, by the function's name. */
  readonly bundleOf: (functionName: string) => string;
  /** Frames per second on each route of the socket. */
  readonly throttle: number | undefined;
}

export class Realtime extends Construct {
  readonly serveSockets: MessengerFunction;
  readonly sockets: SocketApi;
  readonly pushes: PushQueue;
  readonly #table: SocketTable;

  constructor(scope: Construct, id: string, props: RealtimeProps) {
    super(scope, id);
    const { api, accounts, chats, activity, bundleOf, throttle } = props;
    this.#table = new SocketTable(this, 'Sockets');
    this.pushes = new PushQueue(this, 'Pushes', { bundle: bundleOf('push-frames') });
    this.serveSockets = new MessengerFunction(this, 'ServeSocketsFunction', {
      description: 'The socket: handshakes, frames, and ends',
      bundle: bundleOf('serve-sockets'),
      timeout: Duration.seconds(25),
      environment: {
        ...accounts.environment,
        [ENVIRONMENT.chatTable]: chats.table.tableName,
      },
    });
    accounts.grantRead(this.serveSockets);
    chats.grantMessages(this.serveSockets);
    activity.letSignal(this.serveSockets);
    this.sockets = new SocketApi(this, 'Socket', { handler: this.serveSockets, api, throttle });

    this.letTell(this.serveSockets);
    this.#table.grantOpen(this.serveSockets);
    this.#letReach(this.pushes.pushFrames);
    this.#table.grantForget(this.pushes.pushFrames);
  }

  /** Lets a function tell sockets what has happened. */
  letTell(teller: MessengerFunction): void {
    this.letClose(teller);
    teller.addEnvironment(ENVIRONMENT.pushQueue, this.pushes.queue.queueUrl);
    this.pushes.grantPut(teller);
  }

  /** Lets a function find sockets and close them. */
  letClose(closer: MessengerFunction): void {
    this.#letReach(closer);
    this.#table.grantTell(closer);
  }

  #letReach(grantee: MessengerFunction): void {
    grantee.addEnvironment(ENVIRONMENT.socketTable, this.#table.table.tableName);
    grantee.addEnvironment(ENVIRONMENT.socketCallbackUrl, this.sockets.stage.callbackUrl);
    this.sockets.grantReach(grantee);
  }
}
