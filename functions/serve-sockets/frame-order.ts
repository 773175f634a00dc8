/**
 * Keeps the frames of a socket in the order in which they came, up to where their messages have got their places: they
 * come to an execution environment side by side. Frames that come to several environments have no order but by their acks.
 */
export class FrameOrder {
  /** Until when the next frame waits, by socket. */
  readonly #turns = new Map<string, Promise<void>>();

  /** Waits for the frames that came before. @returns what lets the next one go on; may be called again */
  async take(socketId: string): Promise<() => void> {
    const before = this.#turns.get(socketId);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turns.set(socketId, promise);
    await before;
    return () => {
      resolve();
      if (this.#turns.get(socketId) === promise) this.#turns.delete(socketId);
    };
  }
}
