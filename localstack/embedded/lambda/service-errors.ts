/** The errors with which the Lambda service itself refuses a call, as opposed to errors of a function. */

/** The service refuses a call: `name` is the AWS exception, as in the SDKs, `status` its HTTP status. */
export class LambdaServiceError extends Error {
  readonly status: number;

  constructor(name: string, status: number, message: string) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/** No function has this name. */
export function functionNotFound(functionArn: string): LambdaServiceError {
  return new LambdaServiceError('ResourceNotFoundException', 404, `Function not found: ${functionArn}`);
}

/** The request is larger than `limitBytes`. */
export function requestTooLarge(payload: string, invocationType: string, limitBytes: number): LambdaServiceError {
  const size = Buffer.byteLength(payload);
  const message = `${size} byte payload is too large for the ${invocationType} invocation type (limit ${limitBytes} bytes)`;
  return new LambdaServiceError('RequestTooLargeException', 413, message);
}

/** More requests wait for the function, or wait longer, than the engine holds. */
export function tooManyRequests(functionName: string): LambdaServiceError {
  const message = `Too many requests wait for ${functionName}; repeat the request later`;
  return new LambdaServiceError('TooManyRequestsException', 429, message);
}

/** The service was stopped before the function answered. */
export function serviceStopped(functionName: string): LambdaServiceError {
  const message = `The engine was stopped before ${functionName} answered; start it and repeat the request`;
  return new LambdaServiceError('ServiceException', 500, message);
}
