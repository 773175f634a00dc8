/** The names by which a caller may mean a function. */

/**
 * The function name in a name, a partial ARN (`<account>:function:<name>`) or an ARN, and the qualifier after it
 * (AWS page "Invoke", parameter FunctionName).
 */
export function parseFunctionName(nameOrArn: string): { functionName: string; qualifier: string | undefined } {
  const [functionName = '', qualifier] = nameOrArn.replace(/^.*\bfunction:/, '').split(':');
  return { functionName, qualifier };
}
