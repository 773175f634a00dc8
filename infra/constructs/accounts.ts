/** People and their sessions: the table, and what serves registering, signing in and out in both contracts that know users. */
import { Duration } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import * as counters from '../../shared/contract/counters/people.ts';
import * as v1 from '../../shared/contract/v1/people.ts';
import { ENVIRONMENT } from '../../shared/runtime/environment.ts';
import type { Settings } from '../settings.ts';
import type { MessengerApi } from './messenger-api.ts';
import { MessengerFunction } from './messenger-function.ts';
import { PeopleTable } from './people-table.ts';

export interface AccountsProps {
  readonly api: MessengerApi;
  /** Folder of a function's bundle, by the function's name. */
  readonly bundleOf: (functionName: string) => string;
  readonly settings: Pick<Settings, 'sessionLifetimeMinutes' | 'tokenType' | 'sessionThrottle'>;
}

const MANAGE_ACCOUNTS = [
  v1.register,
  v1.logIn,
  v1.logOut,
  v1.findUser,
  v1.listSessions,
  v1.endSession,
  counters.signUp,
  counters.signIn,
  counters.refreshToken,
  counters.getByEmail,
];

export class Accounts extends Construct {
  readonly manageAccounts: MessengerFunction;
  /** What a function needs to know to find out who calls: see shared/runtime/authenticate.ts. */
  readonly environment: Record<string, string>;
  readonly #people: PeopleTable;

  constructor(scope: Construct, id: string, props: AccountsProps) {
    super(scope, id);
    const { api, bundleOf } = props;
    const { sessionLifetimeMinutes, tokenType, sessionThrottle } = props.settings;
    this.#people = new PeopleTable(this, 'People');
    this.environment = {
      [ENVIRONMENT.peopleTable]: this.#people.table.tableName,
      [ENVIRONMENT.tokenType]: tokenType,
      ...(sessionThrottle !== undefined && { [ENVIRONMENT.sessionThrottle]: String(sessionThrottle) }),
    };

    const manageAccounts = new MessengerFunction(this, 'ManageAccountsFunction', {
      description: 'People and their sessions',
      bundle: bundleOf('manage-accounts'),
      // Passwords wait for one another: see functions/manage-accounts/hashing-queue.ts.
      timeout: Duration.seconds(28),
      // One whole processor ("Configure Lambda function memory"): hashing a password costs the same, but takes a third of the time.
      memorySize: 1769,
      environment: {
        ...this.environment,
        [ENVIRONMENT.sessionLifetimeMinutes]: String(sessionLifetimeMinutes),
      },
    });
    this.#people.grantManage(manageAccounts);
    for (const operation of MANAGE_ACCOUNTS) api.addLimitedRoute(operation, manageAccounts);
    this.manageAccounts = manageAccounts;
  }

  /** Tells the function where the people are, so that it can see whether they answer. */
  grantHealthCheck(checkHealth: MessengerFunction): void {
    checkHealth.addEnvironment(ENVIRONMENT.peopleTable, this.#people.table.tableName);
    this.#people.grantHealthCheck(checkHealth);
  }

  /** What checking a request's session takes, and reading users' names. */
  grantRead(grantee: IGrantable): void {
    this.#people.grantRead(grantee);
  }
}
