/** The table of people: users, their names, sessions, and failures to sign in. */
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { StoreTable } from './store-table.ts';

export class PeopleTable extends Construct {
  readonly table: StoreTable;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new StoreTable(this, 'Table');
  }

  /** What registering and signing in do. The one delete is of a user whose name was taken meanwhile. */
  grantManage(grantee: IGrantable): void {
    this.table.grant(
      grantee,
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    );
  }

  /** Enough to see whether the table answers. */
  grantHealthCheck(grantee: IGrantable): void {
    this.table.grant(grantee, 'dynamodb:GetItem');
  }

  /** What reading single sessions and names takes. */
  grantRead(grantee: IGrantable): void {
    this.table.grant(grantee, 'dynamodb:GetItem', 'dynamodb:BatchGetItem');
  }
}
