/** Cursors of the feed of changes: each names what its holder has seen of every chat. */

/** How much of a chat somebody has seen. */
export interface SeenChat {
  readonly seq: number;
  readonly revision: number;
  /** How far the holder had read. */
  readonly read: number;
  /** In a direct chat, how far the other one had. */
  readonly companionRead?: number;
}

export type SeenChats = ReadonlyMap<string, SeenChat>;

export interface SyncCursor {
  readonly id: string;
  readonly seen: SeenChats;
  /** The one that its holder had before. */
  readonly previous: string | undefined;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

/** Where cursors are kept, for 30 days; what they stand for never changes. @throws StoreUnavailableError (all methods) */
export interface SyncCursors {
  /** Undefined if there is none, or not of this user. */
  read(user: string, id: string): Promise<SyncCursor | undefined>;
  put(user: string, cursor: SyncCursor): Promise<void>;
  /** It is kept for another day at most: a device that is kept less up to date may still hold it. */
  retire(user: string, id: string): Promise<void>;
}
