/** The REST API of Lambda, as the AWS CLI and the SDKs speak it. */
import { randomUUID } from 'node:crypto';
import type { LambdaRequest, LambdaResponse } from './api-messages.ts';
import { describeConfiguration, describeFunction } from './function-description.ts';
import { invokeOverApi } from './invoke-api.ts';
import { LambdaServiceError } from './service-errors.ts';
import type { LambdaService } from './lambda-service.ts';

/** With the slash the CLI asks, without it newer SDKs. */
const LIST_PATH = /^\/2015-03-31\/functions\/?$/;

/** Answers Invoke, ListFunctions, GetFunction and GetFunctionConfiguration, and 501 to all else. Never rejects for a fault of the caller. */
export async function handleLambdaRequest(service: LambdaService, request: LambdaRequest): Promise<LambdaResponse> {
  const requestId = randomUUID();
  const response = await answer(service, request, requestId).catch(describeError);
  return {
    ...response,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, ...response.headers },
  };
}

async function answer(service: LambdaService, request: LambdaRequest, requestId: string): Promise<LambdaResponse> {
  const { pathname, searchParams } = new URL(request.path, 'http://localhost');
  const [, name = '', action = ''] = /^\/2015-03-31\/functions(?:\/([^/]*)(?:\/([^/]+))?)?$/.exec(pathname) ?? [];
  const functionName = qualify(decodeName(name), searchParams.get('Qualifier'));
  if (request.method === 'POST' && action === 'invocations') {
    return await invokeOverApi(service, functionName, request, requestId);
  }
  if (request.method === 'GET' && action === 'configuration') {
    return ok(describeConfiguration(service.getFunction(functionName)));
  }
  if (request.method === 'GET' && name !== '' && action === '') {
    return ok(describeFunction(service.getFunction(functionName)));
  }
  if (request.method === 'GET' && LIST_PATH.test(pathname)) {
    return ok({ Functions: service.listFunctions().map(describeConfiguration), NextMarker: null });
  }
  throw notImplemented(request.method, pathname);
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw new LambdaServiceError('ValidationException', 400, `The function name ${name} is not URL-encoded`);
  }
}

function qualify(functionName: string, qualifier: string | null): string {
  return qualifier === null ? functionName : `${functionName}:${qualifier}`;
}

function ok(content: object): LambdaResponse {
  return { status: 200, headers: {}, body: JSON.stringify(content) };
}

function notImplemented(method: string, path: string): LambdaServiceError {
  const message = `The local Lambda API has no ${method} ${path}; it has Invoke, ListFunctions, GetFunction and GetFunctionConfiguration`;
  return new LambdaServiceError('NotImplementedException', 501, message);
}

function describeError(error: unknown): LambdaResponse {
  if (!(error instanceof LambdaServiceError)) throw error;
  const body = JSON.stringify({ Type: error.status < 500 ? 'User' : 'Service', Message: error.message });
  const retryAfter = error.status === 429 ? { 'retry-after': '1' } : {};
  return { status: error.status, headers: { 'x-amzn-errortype': error.name, ...retryAfter }, body };
}
