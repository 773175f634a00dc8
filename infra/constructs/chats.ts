/** The chats of the module `chats`: their members and messages, in both contracts that serve them. */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as counters from '../../shared/contract/counters/chats.ts';
import * as v1Chats from '../../shared/contract/v1/chats.ts';
import * as v1Messages from '../../shared/contract/v1/messages.ts';
import { syncChats } from '../../shared/contract/v1/sync.ts';
import { ENVIRONMENT } from '../../shared/runtime/environment.ts';
import type { CacheSettings } from '../settings.ts';
import type { Accounts } from './accounts.ts';
import type { ChatActivity } from './chat-activity.ts';
import type { ChatTable } from './chat-table.ts';
import type { MessengerApi } from './messenger-api.ts';
import { MessengerFunction } from './messenger-function.ts';
import { RedisCache } from './redis-cache.ts';

export interface ChatsProps {
  readonly api: MessengerApi;
  readonly accounts: Accounts;
  readonly chats: ChatTable;
  readonly activity: ChatActivity;
  /** Folder of a function's bundle, by the function's name. */
  readonly bundleOf: (functionName: string) => string;
  readonly cache: CacheSettings;
}

const MANAGE_CHATS = [
  v1Chats.createChat,
  v1Chats.listChats,
  v1Chats.showChat,
  v1Chats.addMember,
  v1Chats.removeMember,
  syncChats,
  counters.openDirectChat,
  counters.listDirectChats,
];

const EXCHANGE_MESSAGES = [
  v1Messages.sendMessage,
  v1Messages.listMessages,
  v1Messages.markRead,
  v1Messages.editMessage,
  v1Messages.deleteMessage,
  counters.listDirectMessages,
];

export class Chats extends Construct {
  readonly manageChats: MessengerFunction;
  readonly exchangeMessages: MessengerFunction;

  constructor(scope: Construct, id: string, props: ChatsProps) {
    super(scope, id);
    const { api, accounts, chats, activity, bundleOf, cache } = props;
    const redis = cache.kind === 'redis' && cache.url === undefined ? new RedisCache(this, 'Cache') : undefined;

    const manageChats = new MessengerFunction(this, 'ManageChatsFunction', {
      description: 'Chats and their members',
      bundle: bundleOf('manage-chats'),
      timeout: Duration.seconds(25),
      environment: { ...accounts.environment, [ENVIRONMENT.chatTable]: chats.table.tableName },
    });
    accounts.grantRead(manageChats);
    chats.grantManageChats(manageChats);

    const exchangeMessages = new MessengerFunction(this, 'ExchangeMessagesFunction', {
      description: 'Messages of chats',
      bundle: bundleOf('exchange-messages'),
      timeout: Duration.seconds(25),
      environment: {
        ...accounts.environment,
        [ENVIRONMENT.chatTable]: chats.table.tableName,
        [ENVIRONMENT.messageCache]: cache.kind,
        ...(cache.kind === 'redis' && { [ENVIRONMENT.redisUrl]: cache.url ?? redis?.url ?? '' }),
      },
      ...(redis && { network: redis.network }),
    });
    accounts.grantRead(exchangeMessages);
    chats.grantMessages(exchangeMessages);
    activity.letSignal(exchangeMessages);

    for (const operation of MANAGE_CHATS) api.addLimitedRoute(operation, manageChats);
    for (const operation of EXCHANGE_MESSAGES) api.addLimitedRoute(operation, exchangeMessages);

    this.manageChats = manageChats;
    this.exchangeMessages = exchangeMessages;
  }
}
