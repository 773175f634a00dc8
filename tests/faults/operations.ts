/** Names of the requests that functions send to the stores, by what they are for. */

/** In the order in which a busy run meets them. */
export const OPERATIONS = [
  'append',
  'read-head',
  'signal',
  'begin-fan-out',
  'put-published',
  'put-run',
  'put-key',
  'trim',
  'read-keys',
  'read-sender-counts',
  'put-sender-count',
  'evict',
  'read-runs',
  'read-run',
  'put-head',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** The parts of a store's request that tell what it is for. */
interface StoreRequest {
  readonly Key?: { readonly pk: { readonly S: string } };
  readonly Item?: { readonly pk: { readonly S: string }; readonly sk: { readonly S: string } };
  readonly UpdateExpression?: string;
  readonly RequestItems?: Record<string, { readonly Keys: readonly { readonly pk: { readonly S: string } }[] }>;
}

/**
 * @param target the request's X-Amz-Target
 * @throws Error for a request that the app is not known to send
 */
export function nameOperation(target: string, body: string): Operation {
  const name = target.split('.')[1];
  if (name === 'SendMessage') return 'signal';
  if (name === 'Query') return 'read-runs';
  if (name === 'BatchWriteItem') return 'put-key';
  const request: StoreRequest = JSON.parse(body);
  if (name === 'UpdateItem') return nameUpdate(request.UpdateExpression ?? '');
  if (name === 'PutItem') return namePut(request);
  if (name === 'GetItem') return request.Key?.pk.S.startsWith('history#') === true ? 'read-run' : 'read-head';
  if (name === 'BatchGetItem') {
    const [first] = Object.values(request.RequestItems ?? {}).flatMap(({ Keys }) => Keys);
    return first?.pk.S.startsWith('key#') === true ? 'read-keys' : 'read-sender-counts';
  }
  throw new Error(`the app sent ${target}; name it in operations.ts`);
}

function nameUpdate(expression: string): Operation {
  if (expression.includes('list_append')) return 'append';
  if (expression.includes('DELETE')) return 'trim';
  if (expression.includes('REMOVE')) return 'evict';
  return 'begin-fan-out';
}

function namePut({ Item }: StoreRequest): Operation {
  const { pk, sk } = Item ?? { pk: { S: '' }, sk: { S: '' } };
  if (sk.S === 'published') return 'put-published';
  if (pk.S.startsWith('history#')) return 'put-run';
  if (pk.S.startsWith('key#')) return 'put-key';
  if (pk.S.startsWith('sender#')) return 'put-sender-count';
  return 'put-head';
}
