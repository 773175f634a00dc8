/** Where the tools find AWS: the engine's endpoint on this machine, or the real one. */
import { ToolError } from './run-tool.ts';
import { findErrorCode } from './error-code.ts';

/** Settings of an SDK client for an engine on this machine, which takes any credentials. */
export function localAws(endpoint: string) {
  return { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}

/**
 * An error of a call to AWS as the user should see it: a refused connection means that no engine runs.
 * @param flag the option that says where it is
 */
export function explainAwsError(error: unknown, endpoint: string, flag: string): unknown {
  if (findErrorCode(error) !== 'ECONNREFUSED') return error;
  return new ToolError(`No engine answers at ${endpoint}: start one with npm start, or say where it is with ${flag}`);
}
