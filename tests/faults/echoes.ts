/** Copies of appends that the network still carries when what they wrote has left the head. */
import type { Exchange } from '../support/http-proxy.ts';
import type { Operation } from './operations.ts';

export class Echoes {
  /** By batch id. */
  readonly #appends = new Map<string, Exchange>();

  /** Takes note of a request that is done; after a trim it makes the appends again whose chunks the trim has removed. */
  async follow(operation: Operation, exchange: Exchange): Promise<void> {
    if (operation === 'append') this.#appends.set(readBatchId(exchange.body), exchange);
    if (operation !== 'trim') return;
    const trim = exchange.body.toString();
    const removed = [...this.#appends].filter(([batchId]) => trim.includes(batchId));
    await Promise.all(
      removed.map(([batchId, append]) => {
        this.#appends.delete(batchId);
        return append.forward();
      }),
    );
  }
}

function readBatchId(body: Buffer): string {
  const { ExpressionAttributeValues: values }: { ExpressionAttributeValues: Record<string, { S?: string }> } =
    JSON.parse(body.toString());
  const batchId = values[':k0']?.S;
  if (batchId === undefined) throw new Error('an append carries no batch id as :k0; adapt echoes.ts');
  return batchId;
}
