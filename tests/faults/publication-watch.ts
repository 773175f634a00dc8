/** What the fan-out consumers read of the chat before they said that it was published. */
import type { ForwardedAnswer } from '../support/http-proxy.ts';
import type { Operation } from './operations.ts';

interface NumberedItem {
  readonly seq?: { readonly N: string };
}

/** A consumer moves the watermark to `seq` and has read messages up to `readUpTo`. */
export interface Publication {
  readonly environment: number;
  readonly seq: number;
  readonly readUpTo: number;
}

export class PublicationWatch {
  readonly all: Publication[] = [];
  readonly #readUpTo = new Map<number, number>();

  /** Takes note of what an environment is about to be told. */
  noteAnswer(environment: number, operation: Operation, { body }: ForwardedAnswer): void {
    if (operation !== 'begin-fan-out' && operation !== 'read-head') return;
    // A refused write carries the head as it is.
    const { Attributes, Item }: { Attributes?: NumberedItem; Item?: NumberedItem } = JSON.parse(body.toString());
    const seq = Number((Attributes ?? Item)?.seq?.N ?? 0);
    this.#readUpTo.set(environment, Math.max(seq, this.#readUpTo.get(environment) ?? 0));
  }

  noteRequest(environment: number, operation: Operation, body: Buffer): void {
    if (operation !== 'put-published') return;
    const { Item }: { Item: NumberedItem } = JSON.parse(body.toString());
    const readUpTo = this.#readUpTo.get(environment) ?? 0;
    this.all.push({ environment, seq: Number(Item.seq?.N), readUpTo });
  }
}
