/** Calls the `@connections` API, as backends do. */
import type { Engine } from '../conformance-case.ts';

export interface ManagementAnswer {
  readonly status: number;
  readonly errorType: string | null;
  readonly body: string;
}

/** @param body of a POST: what the client is to get */
export async function manageConnection(
  engine: Engine,
  method: 'POST' | 'GET' | 'DELETE',
  connectionId: string,
  body?: string,
): Promise<ManagementAnswer> {
  const response = await fetch(connectionUrl(engine, connectionId), { method, ...(body !== undefined && { body }) });
  return {
    status: response.status,
    errorType: response.headers.get('x-amzn-ErrorType'),
    body: await response.text(),
  };
}

export function connectionUrl({ endpoint, outputs }: Engine, connectionId: string): string {
  return `${endpoint}/_aws/execute-api/${outputs['SocketApiPath']}/@connections/${encodeURIComponent(connectionId)}`;
}
