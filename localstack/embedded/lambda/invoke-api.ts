/** The operation Invoke of the REST API (AWS page "Invoke"). */
import { invokeAsynchronously } from './asynchronous-invocation.ts';
import { ASYNCHRONOUS_PAYLOAD_LIMIT_BYTES, exceedsBytes } from './payload-limits.ts';
import { LambdaServiceError, requestTooLarge } from './service-errors.ts';
import type { LambdaRequest, LambdaResponse } from './api-messages.ts';
import type { InvokeOptions } from './function-settings.ts';
import type { LambdaService } from './lambda-service.ts';

/** Invokes as the header `x-amz-invocation-type` says. Throws a LambdaServiceError if the request is refused. */
export async function invokeOverApi(
  service: LambdaService,
  functionName: string,
  { headers, body }: LambdaRequest,
  requestId: string,
): Promise<LambdaResponse> {
  const payload = body.length === 0 ? '{}' : body.toString();
  const invocationType = headers['x-amz-invocation-type'] ?? 'RequestResponse';
  const options = { requestId, clientContext: readClientContext(headers['x-amz-client-context']) };
  service.getFunction(functionName);
  switch (invocationType) {
    case 'DryRun':
      return { status: 204, headers: {}, body: '' };
    case 'Event':
      if (exceedsBytes(payload, ASYNCHRONOUS_PAYLOAD_LIMIT_BYTES)) {
        throw requestTooLarge(payload, invocationType, ASYNCHRONOUS_PAYLOAD_LIMIT_BYTES);
      }
      checkJson(payload);
      void invokeAsynchronously(service, functionName, payload, options);
      return { status: 202, headers: {}, body: '' };
    case 'RequestResponse':
      checkJson(payload);
      return await invokeSynchronously(service, functionName, payload, options, headers['x-amz-log-type'] === 'Tail');
    default: {
      const message = `InvocationType is ${String(invocationType)}; it must be RequestResponse, Event or DryRun`;
      throw new LambdaServiceError('InvalidParameterValueException', 400, message);
    }
  }
}

async function invokeSynchronously(
  service: LambdaService,
  functionName: string,
  payload: string,
  options: InvokeOptions,
  wantsLogTail: boolean,
): Promise<LambdaResponse> {
  const result = await service.invoke(functionName, payload, options);
  return {
    status: 200,
    headers: {
      'x-amz-executed-version': '$LATEST',
      ...(result.functionError !== undefined && { 'x-amz-function-error': result.functionError }),
      ...(wantsLogTail && { 'x-amz-log-result': Buffer.from(result.logTail).toString('base64') }),
    },
    body: result.payload,
  };
}

/** @returns the JSON text in the header, which is base64 */
function readClientContext(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const text = Buffer.from(String(header), 'base64').toString();
  try {
    JSON.parse(text);
  } catch {
    const message = 'Client context must be a valid Base64-encoded JSON object.';
    throw new LambdaServiceError('InvalidRequestContentException', 400, message);
  }
  return text;
}

function checkJson(payload: string): void {
  try {
    JSON.parse(payload);
  } catch {
    const message = 'Could not parse request body into json: the payload is not JSON';
    throw new LambdaServiceError('InvalidRequestContentException', 400, message);
  }
}
