/** Who is present in which chat, as far as they say so: it holds for a time, and is told when it changes. */
import type { LiveHandlers } from './live-events.ts';
import type { PresenceStatus, ServerPayloads } from './live-frames.ts';

interface Seen {
  readonly status: PresenceStatus;
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

export class SeenPresence {
  readonly #tell: Required<LiveHandlers>['presence'];
  /** By chat and user. */
  readonly #seen = new Map<string, Seen>();

  constructor(tell: Required<LiveHandlers>['presence']) {
    this.#tell = tell;
  }

  take({ chat_id, user_id, status, until: untilTime }: ServerPayloads['presence']): void {
    const key = `${chat_id} ${user_id}`;
    const until = Date.parse(untilTime);
    const before = this.#seen.get(key);
    // It was overtaken by one that was said later.
    if (Number.isNaN(until) || (before !== undefined && until < before.until)) return;
    clearTimeout(before?.timer);
    const forget = () => {
      if (this.#seen.get(key)?.timer !== timer) return;
      this.#seen.delete(key);
      if (status !== 'offline') this.#tell({ chat_id, user_id, status: 'offline' });
    };
    const timer = setTimeout(forget, until - Date.now());
    this.#seen.set(key, { status, until, timer });
    if (status !== (before?.status ?? 'offline')) this.#tell({ chat_id, user_id, status });
  }

  /** Nothing more is told. */
  end(): void {
    for (const { timer } of this.#seen.values()) clearTimeout(timer);
    this.#seen.clear();
  }
}
