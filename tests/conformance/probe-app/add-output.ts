/** Outputs, by which the cases find what has no name of its own. */
import type { Stack } from 'aws-cdk-lib';
import { CfnOutput } from 'aws-cdk-lib';

export function addOutput(stack: Stack, name: string, value: string): CfnOutput {
  return new CfnOutput(stack, name, { value });
}
