/** Who was a member at which point of a chat, as the store said it to whichever function. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { decodeCounts } from '../../shared/adapters/sender-counts.ts';
import type { ForwardedAnswer } from '../support/http-proxy.ts';
import type { Operation } from './operations.ts';

/** A state of the head of a chat of members. */
export interface SeenHead {
  readonly seq: number;
  readonly epoch: number;
  /** How many messages of each sender it counts. */
  readonly sent: ReadonlyMap<string, number>;
  /** At which `seq` each member joined. */
  readonly joined: ReadonlyMap<string, number>;
}

type Item = Record<'seq' | 'epoch' | 'sent' | 'joined', AttributeValue>;

/** Requests that are answered with the head, those that were refused too. */
const ANSWERED_WITH_HEAD: ReadonlySet<Operation> = new Set([
  'read-head',
  'append',
  'trim',
  'join',
  'leave',
  'add-revision',
  'begin-fan-out',
] as const);

export class HeadWatch {
  /** In no particular order. */
  readonly all: SeenHead[] = [];

  noteAnswer(operation: Operation, { body }: ForwardedAnswer): void {
    if (!ANSWERED_WITH_HEAD.has(operation) || !body.includes('"joined"')) return;
    const { Attributes, Item }: { Attributes?: Item; Item?: Item } = JSON.parse(body.toString());
    const head = Attributes ?? Item;
    if (head === undefined) return;
    const { seq, epoch, sent, joined } = head;
    this.all.push({
      seq: Number(seq.N),
      epoch: Number(epoch.N),
      sent: decodeCounts(sent.M ?? {}),
      joined: decodeCounts(joined.M ?? {}),
    });
  }
}
