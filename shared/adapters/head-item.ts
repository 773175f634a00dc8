/** The chat head as a DynamoDB item, and the writes to it: expressions and values, no I/O. */
import type { AttributeValue, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { FIRST_EPOCH, type Head, LIMITS, type Membership } from '../domain/chat-head.ts';
import type { NewChat } from '../domain/chat-store.ts';
import type { MembersHead } from '../domain/membership.ts';
import { type Chunk, chunkKeys, decodeChunk } from '../domain/chunk.ts';
import { decodeCounts, encodeCounts, senderAttribute } from './sender-counts.ts';

type Item = Record<string, AttributeValue>;
type Update = Pick<
  UpdateItemCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** The attributes of a chat without messages. */
export const EMPTY_HEAD: Item = {
  seq: { N: '0' },
  epoch: { N: String(FIRST_EPOCH) },
  rest: { N: '0' },
  bytes: { N: '0' },
  tail: { L: [] },
  sent: { M: {} },
};

/** The attributes of a chat of members as it begins. */
export function newHead({ kind, name, createdAt, owner, members }: NewChat): Item {
  const zeros = encodeCounts(new Map(members.map((member) => [member, 0])));
  return {
    ...EMPTY_HEAD,
    sent: { M: zeros },
    joined: { M: zeros },
    joinKeys: { M: {} },
    kind: { S: kind },
    name: { S: name },
    createdAt: number(createdAt),
    ...(owner !== undefined && { owner: { S: owner } }),
    revision: number(0),
  };
}

/** Reads a head; the chunks that `known`, an earlier state of it, holds too are not parsed again. */
export function decodeHead(item: Item, known?: Head): Head {
  const chunks = new Map(known?.tail.map((chunk) => [chunk.encoded, chunk]));
  return {
    seq: Number(item['seq']!.N),
    epoch: Number(item['epoch']!.N),
    rest: Number(item['rest']!.N),
    bytes: Number(item['bytes']!.N),
    tail: item['tail']!.L!.map(({ S: encoded }) => chunks.get(encoded!) ?? decodeChunk(encoded!)),
    sent: decodeCounts(item['sent']!.M!),
    ...(item['kind'] !== undefined && { membership: decodeMembership(item) }),
  };
}

function decodeMembership(item: Item): Membership {
  const joinKeys = Object.entries(item['joinKeys']!.M!);
  return {
    kind: item['kind']!.S === 'direct' ? 'direct' : 'group',
    name: item['name']!.S!,
    createdAt: Number(item['createdAt']!.N),
    owner: item['owner']?.S,
    joined: decodeCounts(item['joined']!.M!),
    joinKeys: new Map(joinKeys.map(([attribute, { S: keyHash }]) => [attribute.slice(1), keyHash!])),
    revision: Number(item['revision']!.N),
  };
}

/** Appends a chunk under the head's epoch and `rest`; `sentBefore` holds the counts of senders not in the head. */
export function appendUpdate(head: Head, chunk: Chunk, sentBefore: ReadonlyMap<string, number>): Update {
  const added = new Map<string, number>();
  for (const { sender } of chunk.messages) added.set(sender, (added.get(sender) ?? 0) + 1);
  const keys = chunkKeys(chunk);

  const names: Record<string, string> = {
    '#e': 'epoch',
    '#r': 'rest',
    '#b': 'bytes',
    '#k': 'keys',
    '#q': 'seq',
    '#t': 'tail',
    '#s': 'sent',
  };
  const values: Item = {
    ':e': number(head.epoch),
    ':r': number(head.rest),
    ':limit': number(LIMITS.headBytes),
    ':senders': number(LIMITS.senders),
    ':b': number(chunk.bytes),
    ':n': number(chunk.messages.length),
    ':t': { L: [{ S: chunk.encoded }] },
    ':k': { SS: keys },
  };
  const sets = ['#q = #q + :n', '#b = #b + :b', '#t = list_append(#t, :t)'];
  for (const [index, [sender, count]] of [...added].entries()) {
    names[`#${index}`] = senderAttribute(sender);
    values[`:f${index}`] = number(sentBefore.get(sender) ?? 0);
    values[`:n${index}`] = number(count);
    sets.push(`#s.#${index} = if_not_exists(#s.#${index}, :f${index}) + :n${index}`);
  }
  const conditions = ['#e = :e', '#r = :r', '#b <= :limit', 'size(#s) <= :senders'];
  for (const [index, key] of keys.entries()) {
    values[`:k${index}`] = { S: key };
    conditions.push(`NOT contains(#k, :k${index})`);
  }
  return {
    UpdateExpression: `SET ${sets.join(', ')} ADD #k :k`,
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}

/** Removes the `count` oldest chunks and their keys. The indexes descend for engines that remove one after another. */
export function trimUpdate(head: Head, count: number): Update {
  const chunks = head.tail.slice(0, count);
  const indexes = chunks.map((_, index) => `#t[${count - 1 - index}]`);
  const { membership } = head;
  return {
    UpdateExpression: `SET #b = #b - :b, #e = #e + :one REMOVE ${indexes.join(', ')} DELETE #k :k`,
    // What was deleted since the head was read may not have been taken out of the history.
    ConditionExpression: membership ? '#e = :e AND #v = :v' : '#e = :e',
    ExpressionAttributeNames: {
      '#e': 'epoch',
      '#b': 'bytes',
      '#t': 'tail',
      '#k': 'keys',
      ...(membership && { '#v': 'revision' }),
    },
    ExpressionAttributeValues: {
      ...(membership && { ':v': number(membership.revision) }),
      ':e': number(head.epoch),
      ':one': number(1),
      ':b': number(chunks.reduce((sum, chunk) => sum + chunk.bytes, 0)),
      ':k': { SS: chunks.flatMap(chunkKeys) },
    },
  };
}

/** Removes senders whose counts are still those of `head`. */
export function evictUpdate(head: Head, senders: readonly string[]): Update {
  const names: Record<string, string> = { '#e': 'epoch', '#s': 'sent' };
  const values: Item = { ':e': number(head.epoch), ':one': number(1) };
  for (const [index, sender] of senders.entries()) {
    names[`#${index}`] = senderAttribute(sender);
    values[`:${index}`] = number(head.sent.get(sender) ?? 0);
  }
  const paths = senders.map((_, index) => `#s.#${index}`);
  return {
    UpdateExpression: `SET #e = #e + :one REMOVE ${paths.join(', ')}`,
    ConditionExpression: ['#e = :e', ...paths.map((path, index) => `${path} = :${index}`)].join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}

/**
 * Adds a member who begins at the chat's `seq` of this very moment. The epoch says that the member's key, which was looked
 * for among those that have left the head, is still not there.
 */
export function joinUpdate(head: Head, member: string, keyHash?: string): Update {
  const sets = ['#s.#m = :zero', '#j.#m = #q', ...(keyHash === undefined ? [] : ['#k.#m = :k'])];
  return {
    UpdateExpression: `SET ${sets.join(', ')}`,
    ConditionExpression: '#e = :e AND attribute_not_exists(#s.#m) AND size(#s) < :members',
    ExpressionAttributeNames: {
      '#e': 'epoch',
      '#s': 'sent',
      '#j': 'joined',
      '#q': 'seq',
      '#m': senderAttribute(member),
      ...(keyHash !== undefined && { '#k': 'joinKeys' }),
    },
    ExpressionAttributeValues: {
      ':e': number(head.epoch),
      ':zero': number(0),
      ':members': number(LIMITS.members),
      ...(keyHash !== undefined && { ':k': { S: keyHash } }),
    },
  };
}

/** Removes a member; whoever has read the head before can write nothing for them any more, as the epoch moves. */
export function leaveUpdate(head: Head, member: string, owner: string): Update {
  return {
    UpdateExpression: 'SET #e = #e + :one, #o = :o REMOVE #s.#m, #j.#m, #k.#m',
    ConditionExpression: '#e = :e',
    ExpressionAttributeNames: {
      '#e': 'epoch',
      '#o': 'owner',
      '#s': 'sent',
      '#j': 'joined',
      '#k': 'joinKeys',
      '#m': senderAttribute(member),
    },
    ExpressionAttributeValues: { ':e': number(head.epoch), ':one': number(1), ':o': { S: owner } },
  };
}

/** It needs no epoch: whatever the head holds, what was read before is no longer all. */
export function revisionUpdate({ membership }: MembersHead): Update {
  return {
    UpdateExpression: 'SET #v = #v + :one',
    ConditionExpression: '#v = :v',
    ExpressionAttributeNames: { '#v': 'revision' },
    ExpressionAttributeValues: { ':v': number(membership.revision), ':one': number(1) },
  };
}

/** Adds 1 to `rest` if it is `rest`. It needs no epoch: it neither appends nor removes, and `rest` only grows. */
export function beginFanOutUpdate(rest: number): Update {
  return {
    UpdateExpression: 'SET #r = #r + :one',
    ConditionExpression: '#r = :r',
    ExpressionAttributeNames: { '#r': 'rest' },
    ExpressionAttributeValues: { ':r': number(rest), ':one': number(1) },
  };
}

function number(value: number): AttributeValue.NMember {
  return { N: String(value) };
}
