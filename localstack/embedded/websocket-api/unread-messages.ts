/** Bounds what waits in this process for clients that do not read. */

/** Of one client; eight of the largest messages. */
const CLIENT_LIMIT_BYTES = 1024 * 1024;
/** Of all clients of an API. */
const ALL_LIMIT_BYTES = 64 * 1024 * 1024;

/** The end of a connection that messages are written to. */
export interface Recipient {
  /** What the system has not taken yet. */
  readonly bufferedAmount: number;
  terminate(): void;
}

/** Counts the few recipients for which something waits; mostly the system takes a message at once. */
export class UnreadMessages {
  readonly #unreadBytes = new Map<Recipient, number>();
  #allBytes = 0;

  /** Counts what waits for a recipient after a message. Ends its connection, or the slowest one, beyond the limits. */
  count(recipient: Recipient): void {
    const { bufferedAmount } = recipient;
    if (bufferedAmount === 0 && this.#unreadBytes.size === 0) return;
    this.#set(recipient, bufferedAmount);
    if (bufferedAmount > CLIENT_LIMIT_BYTES) this.#end(recipient);
    if (this.#allBytes > ALL_LIMIT_BYTES) this.#endSlowest();
  }

  /** Forgets what waited for a recipient whose connection has ended. */
  forget(recipient: Recipient): void {
    this.#set(recipient, 0);
  }

  #endSlowest(): void {
    // What was counted when it was sent may have been read since.
    for (const recipient of this.#unreadBytes.keys()) this.#set(recipient, recipient.bufferedAmount);
    while (this.#allBytes > ALL_LIMIT_BYTES) {
      const [slowest] = [...this.#unreadBytes].reduce((most, each) => (each[1] > most[1] ? each : most));
      this.#end(slowest);
    }
  }

  #end(recipient: Recipient): void {
    recipient.terminate();
    this.forget(recipient);
  }

  #set(recipient: Recipient, bytes: number): void {
    this.#allBytes += bytes - (this.#unreadBytes.get(recipient) ?? 0);
    if (bytes === 0) this.#unreadBytes.delete(recipient);
    else this.#unreadBytes.set(recipient, bytes);
  }
}
