/** The table of open sockets. */
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { StoreTable } from './store-table.ts';

export class SocketTable extends Construct {
  readonly table: StoreTable;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new StoreTable(this, 'Table');
  }

  /** What telling sockets does: it finds them, and forgets those that are gone. */
  grantTell(grantee: IGrantable): void {
    this.table.grant(grantee, 'dynamodb:GetItem', 'dynamodb:BatchGetItem');
    this.grantForget(grantee);
  }

  /** What opening sockets does beside that. */
  grantOpen(grantee: IGrantable): void {
    this.grantTell(grantee);
    this.table.grant(grantee, 'dynamodb:PutItem');
  }

  grantForget(grantee: IGrantable): void {
    this.table.grant(grantee, 'dynamodb:UpdateItem', 'dynamodb:DeleteItem');
  }
}
