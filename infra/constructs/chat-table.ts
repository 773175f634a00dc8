/** The table of chats: heads, history, edits, inboxes, idempotency keys, counts. One key schema serves all; nothing is looked up otherwise, so it has no index. */
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export class ChatTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    });
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
