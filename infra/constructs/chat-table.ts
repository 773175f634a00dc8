/** The table of chats: heads, history, edits, inboxes, idempotency keys, counts. */
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { StoreTable } from './store-table.ts';

export class ChatTable extends Construct {
  readonly table: StoreTable;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new StoreTable(this, 'Table');
  }

  /** What sending, listing, editing and the fan-out do. Never a delete: nothing of a message is ever deleted but its text. */
  grantMessages(grantee: IGrantable): void {
    this.table.grant(
      grantee,
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:UpdateItem',
    );
  }

  /** What managing chats does: it reads heads and inboxes, moves members, and takes chats that were left off inboxes. */
  grantManageChats(grantee: IGrantable): void {
    this.grantMessages(grantee);
    this.table.grant(grantee, 'dynamodb:DeleteItem');
  }

  /** Enough to see whether the table answers. */
  grantHealthCheck(grantee: IGrantable): void {
    this.table.grant(grantee, 'dynamodb:GetItem');
  }
}
