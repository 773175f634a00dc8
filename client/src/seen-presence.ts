/**
 * Who is present in which chat, as far as they say so: it holds for a time, and is told when it changes.
 *
 * The time is counted from the frame's arrival, by this machine. Its `until` is a time by the server's clock, from which
 * this one may be hours away: it only tells which of two frames was said later.
 */
import type { LiveHandlers } from './live-events.ts';
import type { PresenceStatus, ServerPayloads } from './live-frames.ts';

interface Seen {
  readonly status: PresenceStatus;
  /** Milliseconds since 1970 by the server's clock. */
  readonly until: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** As long as the server's `until` is ahead of what it tells. */
const HOLDS_MS = 60_000;

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
    const timer = setTimeout(forget, HOLDS_MS);
    this.#seen.set(key, { status, until, timer });
    if (status !== (before?.status ?? 'offline')) this.#tell({ chat_id, user_id, status });
  }

  /** Nothing more is told. */
  end(): void {
    for (const { timer } of this.#seen.values()) clearTimeout(timer);
    this.#seen.clear();
  }
}
