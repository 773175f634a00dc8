/** How the functions of the probe app are made. */
import path from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Duration } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { FunctionProps } from 'aws-cdk-lib/aws-lambda';

/** Where the code of all functions lies. */
export const FUNCTIONS_FOLDER = path.join(import.meta.dirname, 'functions');

/**
 * Adds a function that has the whole folder as its code.
 * @param name `errors` makes the function `probe-errors`
 * @param handler such as `errors.handler`
 */
export function addFunction(stack: Stack, name: string, handler: string, props: Partial<FunctionProps> = {}): Function {
  return new Function(stack, `Function-${name}`, {
    functionName: `probe-${name}`,
    code: Code.fromAsset(FUNCTIONS_FOLDER),
    handler,
    runtime: Runtime.NODEJS_24_X,
    timeout: Duration.seconds(10),
    ...props,
  });
}
