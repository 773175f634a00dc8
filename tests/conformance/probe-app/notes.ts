/** The table in which functions note what they got, and how such functions are made. */
import path from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { NodejsFunctionProps } from 'aws-cdk-lib/aws-lambda-nodejs';
import { FUNCTIONS_FOLDER } from './probe-function.ts';

export function addNotes(stack: Stack): Table {
  return new Table(stack, 'Notes', {
    tableName: 'probe-notes',
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/**
 * Adds a function that notes: it is bundled with the SDK, which not every engine gives to functions.
 * @param id `Consumer` makes the function `probe-consumer`
 * @param file with the handler, such as `note-records.mjs`
 */
export function addNotingFunction(
  notes: Table,
  id: string,
  file: string,
  props: Partial<NodejsFunctionProps> = {},
): NodejsFunction {
  const noting = new NodejsFunction(notes.stack, id, {
    functionName: `probe-${id.toLowerCase()}`,
    entry: path.join(FUNCTIONS_FOLDER, file),
    runtime: Runtime.NODEJS_24_X,
    environment: { TABLE_NAME: notes.tableName },
    bundling: { format: OutputFormat.CJS, externalModules: [] },
    ...props,
  });
  notes.grantReadWriteData(noting);
  return noting;
}
