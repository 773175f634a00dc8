/** Names of the requests that functions send to the stores, by what they are for. */

/** What chats of all kinds need, in the order in which a busy run meets it. */
const CHAT_OPERATIONS = [
  'append',
  'read-head',
  'signal',
  'begin-fan-out',
  'put-published',
  'put-run',
  'put-key',
  'trim',
  'read-keys',
  'read-runs',
  'read-run',
  'put-head',
] as const;

/** What the open stream needs. */
export const STREAM_OPERATIONS = [...CHAT_OPERATIONS, 'read-sender-counts', 'put-sender-count', 'evict'] as const;

/** What chats of members need. */
export const MEMBERS_OPERATIONS = [
  ...CHAT_OPERATIONS,
  'read-sessions',
  'read-people',
  'find-user',
  'join',
  'leave',
  'add-revision',
  'add-entry',
  'list-entries',
  'read-entries',
  'move-read',
  'move-received',
  'remove-entry',
  'read-edits',
  'put-edit',
  'replace-run',
] as const;

export type Operation = (typeof STREAM_OPERATIONS)[number] | (typeof MEMBERS_OPERATIONS)[number];

type Key = { readonly pk: { readonly S: string }; readonly sk: { readonly S: string } };

/** The parts of a store's request that tell what it is for. */
interface StoreRequest {
  readonly Key?: Key;
  readonly Item?: Key;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeValues?: Record<string, { readonly S?: string }>;
  readonly RequestItems?: Record<string, { readonly Keys: readonly Key[] }>;
}

/**
 * @param target the request's X-Amz-Target
 * @throws Error for a request that the app is not known to send
 */
export function nameOperation(target: string, body: string): Operation {
  const name = target.split('.')[1] ?? '';
  if (name === 'SendMessage') return 'signal';
  if (name === 'BatchWriteItem') return 'put-key';
  const request: StoreRequest = JSON.parse(body);
  const operation = nameByTable(name, request);
  if (operation === undefined) throw new Error(`the app sent ${target}; name it in operations.ts`);
  return operation;
}

function nameByTable(name: string, request: StoreRequest): Operation | undefined {
  switch (name) {
    case 'GetItem':
    case 'BatchGetItem': {
      const [first = request.Key] = Object.values(request.RequestItems ?? {}).flatMap(({ Keys }) => Keys);
      return first?.sk.S.startsWith('session#') === true ? 'read-sessions' : findPrefix(first, READS);
    }
    case 'Query':
      return findPrefix({ pk: { S: request.ExpressionAttributeValues?.[':pk']?.S ?? '' } }, QUERIES);
    case 'PutItem':
      return namePut(request);
    case 'UpdateItem':
      return request.Key?.pk.S.startsWith('inbox#') === true
        ? findPart(request.UpdateExpression, ENTRY_UPDATES)
        : findPart(request.UpdateExpression, HEAD_UPDATES);
    case 'DeleteItem':
      return findPrefix(request.Key, [['inbox#', 'remove-entry']]);
    default:
      return undefined;
  }
}

type Names = readonly (readonly [text: string, operation: Operation])[];

/** Of one item, or of several that were asked for at once. */
const READS: Names = [
  ['chat#', 'read-head'],
  ['history#', 'read-run'],
  ['inbox#', 'read-entries'],
  ['key#', 'read-keys'],
  ['sender#', 'read-sender-counts'],
  ['name#', 'find-user'],
  ['user#', 'read-people'],
];
const QUERIES: Names = [
  ['history#', 'read-runs'],
  ['edits#', 'read-edits'],
  ['inbox#', 'list-entries'],
];
const PUTS: Names = [
  ['history#', 'put-run'],
  ['key#', 'put-key'],
  ['sender#', 'put-sender-count'],
  ['edits#', 'put-edit'],
  ['chat#', 'put-head'],
];
/** By a piece of their expression that no update before them in this list has. */
const HEAD_UPDATES: Names = [
  ['list_append', 'append'],
  ['DELETE', 'trim'],
  ['#o = :o', 'leave'],
  ['REMOVE', 'evict'],
  ['#s.#m = :zero', 'join'],
  ['#v = #v + :one', 'add-revision'],
  ['#r = #r + :one', 'begin-fan-out'],
];
const ENTRY_UPDATES: Names = [
  ['epoch', 'add-entry'],
  ['own = :own', 'move-read'],
  ['#mark = :new', 'move-received'],
];

function namePut(request: StoreRequest): Operation | undefined {
  if (request.Item?.sk.S === 'published') return 'put-published';
  if (request.ConditionExpression?.includes('redactions') === true) return 'replace-run';
  return findPrefix(request.Item, PUTS);
}

function findPrefix(key: Pick<Key, 'pk'> | undefined, names: Names): Operation | undefined {
  return names.find(([prefix]) => key?.pk.S.startsWith(prefix))?.[1];
}

function findPart(expression: string | undefined, names: Names): Operation | undefined {
  return names.find(([part]) => expression?.includes(part))?.[1];
}
