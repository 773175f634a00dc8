/** Sockets, what reaches them, and the queue of pushes, in memory. */
import { SocketUnreachableError, StoreUnavailableError } from '../../shared/domain/errors.ts';
import type { LiveNews, PushQueue } from '../../shared/domain/live-events.ts';
import type { OpenSocket, SocketGateway, Sockets } from '../../shared/domain/sockets.ts';

export class SimulatedSockets {
  /** What each socket was sent. */
  readonly told: Record<string, string[]> = {};
  readonly closed: string[] = [];
  readonly queued: LiveNews[] = [];
  /** While it is true, the store does not answer. */
  isAway = false;
  readonly #open = new Map<string, OpenSocket>();
  readonly #cut = new Set<string>();
  readonly #broken = new Set<string>();
  readonly #held = new Map<string, Promise<void>>();

  /** Keeps a socket; by default it was opened an hour ago and is good for another one. */
  open(id: string, userId: string, times: Partial<OpenSocket> = {}): OpenSocket {
    const hour = 3_600_000;
    const socket = {
      id,
      userId,
      sessionId: `session of ${userId}`,
      openedAt: Date.now() - hour,
      validUntil: Date.now() + hour,
      ...times,
    };
    this.#open.set(id, socket);
    return socket;
  }

  /** From now on API Gateway knows no such socket. */
  cut(id: string): void {
    this.#cut.add(id);
  }

  /** From now on nothing can be sent to it. */
  breakDown(id: string): void {
    this.#broken.add(id);
  }

  /** What is sent to it is not answered until the function returned is called. */
  hold(id: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held.set(id, promise);
    return () => {
      this.#held.delete(id);
      resolve();
    };
  }

  /** Ids of the sockets that are kept, in order. */
  get kept(): string[] {
    return [...this.#open.keys()].toSorted();
  }

  get ports(): { sockets: Sockets; gateway: SocketGateway; queue: PushQueue } {
    return {
      sockets: this.#sockets,
      gateway: this.#gateway,
      queue: { put: async (news) => void this.queued.push(...news) },
    };
  }

  readonly #sockets: Sockets = {
    add: async (socket) => {
      this.#requireStore();
      this.#open.set(socket.id, socket);
    },
    find: async (id) => {
      this.#requireStore();
      return this.#open.get(id);
    },
    listOf: async (userIds) => {
      this.#requireStore();
      return [...this.#open.values()].filter(({ userId }) => userIds.includes(userId));
    },
    remove: async ({ id }) => {
      this.#requireStore();
      this.#open.delete(id);
    },
  };

  readonly #gateway: SocketGateway = {
    post: async (id, text) => {
      if (this.#broken.has(id)) throw new SocketUnreachableError(`${id} is out of reach`);
      if (this.#cut.has(id)) return false;
      (this.told[id] ??= []).push(text);
      await this.#held.get(id);
      return true;
    },
    close: async (id) => void this.closed.push(id),
  };

  #requireStore(): void {
    if (this.isAway) throw new StoreUnavailableError('the store is away');
  }
}
