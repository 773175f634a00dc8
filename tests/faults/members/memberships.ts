/** Who was a member of the chat when, as far as that follows from the answers to those who added and removed. */
import type { Call } from '../record.ts';
import { type AddCall, hasSucceeded, type RemoveCall } from './member-record.ts';

/** Somebody joined or left, at some moment of a time in milliseconds since 1970. */
interface Change {
  readonly from: number;
  /** Infinity if nobody was told, so that it may still come. */
  readonly to: number;
  /** Whether it has happened, or only may have. */
  readonly isSure: boolean;
}

/** Refused before anything was written; a 404 may be what became of a retry after a write whose answer was lost. */
const NEVER_MADE = new Set([400, 401, 403, 409, 422, 429]);

export class Memberships {
  readonly #joins: ReadonlyMap<string, readonly Change[]>;
  readonly #leaves: ReadonlyMap<string, readonly Change[]>;

  constructor(adds: readonly AddCall[], removals: readonly RemoveCall[]) {
    const joins = [...Map.groupBy(adds, ({ key }) => key).values()].flatMap((calls) => describeJoin(calls) ?? []);
    this.#joins = Map.groupBy(joins, ({ user }) => user);
    const leaves = removals.filter(wasPossiblyMade).map((call) => ({
      user: call.other,
      from: call.startedAtMs,
      to: endOf(call),
      isSure: hasSucceeded(call),
    }));
    this.#leaves = Map.groupBy(leaves, ({ user }) => user);
  }

  /** Everybody whom somebody has tried to add. */
  get users(): Iterable<string> {
    return this.#joins.keys();
  }

  /** Whether a user was a member, or was none, at every moment of a time; undefined if the answers do not tell. */
  tell(user: string, from: number, to: number): 'member' | 'stranger' | undefined {
    const joins = this.#joins.get(user) ?? [];
    const leaves = this.#leaves.get(user) ?? [];
    if (lasts(joins, leaves, from, to)) return 'member';
    const neverCame = joins.every((join) => join.from > to);
    return neverCame || lasts(leaves, joins, from, to) ? 'stranger' : undefined;
  }

  /** Whether a user may have left at some moment of a time. */
  mayHaveLeft(user: string, from: number, to: number): boolean {
    return (this.#leaves.get(user) ?? []).some((leave) => leave.from <= to && leave.to >= from);
  }
}

/** Whether one of the changes was made before `from`, and none of the opposite ones between it and `to`. */
function lasts(changes: readonly Change[], opposite: readonly Change[], from: number, to: number): boolean {
  return changes.some(
    (change) =>
      change.isSure && change.to < from && opposite.every((other) => other.to < change.from || other.from > to),
  );
}

/** A key adds once, whichever of its calls does it, and not again once one of them has succeeded. */
function describeJoin(calls: readonly AddCall[]): (Change & { readonly user: string }) | undefined {
  const possible = calls.filter(wasPossiblyMade);
  const [first] = possible;
  if (first === undefined) return undefined;
  const succeeded = possible.filter(hasSucceeded);
  return {
    user: first.other,
    from: Math.min(...possible.map(({ startedAtMs }) => startedAtMs)),
    to:
      succeeded.length > 0
        ? Math.min(...succeeded.map(({ endedAtMs }) => endedAtMs))
        : Math.max(...possible.map(endOf)),
    isSure: succeeded.length > 0,
  };
}

function wasPossiblyMade({ status }: Call): boolean {
  return status === undefined || !NEVER_MADE.has(status);
}

/** When a call can change nothing any more: a function goes on when its client has no answer. */
function endOf({ status = 500, endedAtMs }: Call): number {
  return status >= 500 ? Infinity : endedAtMs;
}
