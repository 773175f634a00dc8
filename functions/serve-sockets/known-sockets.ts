/** Sockets that an execution environment has met. What is kept of one never changes, so it is read once. */
import { LRUCache } from 'lru-cache';
import type { OpenSocket, Sockets } from '../../shared/domain/sockets.ts';

const MAX_KNOWN = 10_000;

export class KnownSockets {
  readonly #sockets: Sockets;
  readonly #known = new LRUCache<string, OpenSocket>({ max: MAX_KNOWN });

  constructor(sockets: Sockets) {
    this.#sockets = sockets;
  }

  /** Undefined if it is not kept: its session has been ended, or there were too many. @throws StoreUnavailableError */
  async find(id: string): Promise<OpenSocket | undefined> {
    const known = this.#known.get(id) ?? (await this.#sockets.find(id));
    if (known !== undefined) this.#known.set(id, known);
    return known;
  }

  /** Forgets one that is closed, and removes it from where it is kept. @throws StoreUnavailableError */
  async remove(id: string): Promise<void> {
    const socket = await this.find(id);
    this.#known.delete(id);
    if (socket !== undefined) await this.#sockets.remove(socket);
  }
}
