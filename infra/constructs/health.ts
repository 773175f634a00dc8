/** What tells whether the service is there and its stores answer. */
import { Duration } from 'aws-cdk-lib';
import { AuthorizationType } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { checkHealth } from '../../shared/contract/open-stream-operations.ts';
import { ping, pingDb } from '../../shared/contract/v1/health.ts';
import { ENVIRONMENT } from '../../shared/runtime/environment.ts';
import type { Accounts } from './accounts.ts';
import type { ChatTable } from './chat-table.ts';
import type { MessengerApi } from './messenger-api.ts';
import { MessengerFunction } from './messenger-function.ts';

export interface HealthProps {
  readonly api: MessengerApi;
  readonly chats: ChatTable;
  /** Folder of the function's bundle. */
  readonly bundle: string;
}

export class Health extends Construct {
  readonly checkHealth: MessengerFunction;
  readonly #api: MessengerApi;

  constructor(scope: Construct, id: string, props: HealthProps) {
    super(scope, id);
    this.#api = props.api;
    this.checkHealth = new MessengerFunction(this, 'CheckHealthFunction', {
      description: 'Whether the service is there and its stores answer',
      bundle: props.bundle,
      timeout: Duration.seconds(5),
      environment: { [ENVIRONMENT.chatTable]: props.chats.table.tableName },
    });
    props.chats.grantHealthCheck(this.checkHealth);
  }

  /** `GET /` of the module `stream`. */
  addStreamRoute({ publicAccess }: { readonly publicAccess: boolean }): void {
    const authorization = publicAccess ? AuthorizationType.NONE : AuthorizationType.IAM;
    this.#api.addRoute(checkHealth, this.checkHealth, authorization);
  }

  /** `GET /ping` and `GET /ping_db` of the module `chats`, whose people are asked for as well. */
  addPings(accounts: Accounts): void {
    accounts.grantHealthCheck(this.checkHealth);
    for (const operation of [ping, pingDb]) this.#api.addLimitedRoute(operation, this.checkHealth);
  }
}
