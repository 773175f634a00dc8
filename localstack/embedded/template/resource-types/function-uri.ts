// The URI by which an integration of API Gateway names its function.

/** The function's ARN. @throws {Error} for a URI of anything else */
export function readFunctionArn(uri: string, logicalId: string): string {
  const functionArn = /:lambda:path\/2015-03-31\/functions\/(?<arn>.+)\/invocations$/.exec(uri)?.groups?.['arn'];
  if (functionArn === undefined)
    throw new Error(`${logicalId} has the integration URI ${uri}; expected that of a function`);
  return functionArn;
}
