/** What clients of every kind of chat do: they send, and send again. */

export interface Send {
  readonly kind: 'send';
  readonly textLength: number;
  /** Sent again until there is an answer; without a key it is sent once. */
  readonly hasKey: boolean;
  /** Another request with the same key, sent at the same time, with this text. */
  readonly twin: 'none' | 'same-text' | 'other-text';
  /** Whether the client breaks off soon and sends it again while the first request is still under way. */
  readonly isImpatient: boolean;
}

/** Sends again what was sent with a key some time ago. */
export interface Repeat {
  readonly kind: 'repeat';
  /** 0 for the latest send with a key, 1 for the one before, ... */
  readonly back: number;
  readonly hasOtherText: boolean;
}
