/** Watches the sizes of what clients send: the package ws limits messages, but neither frames nor all clients together. */
import { OVERLOADED, TOO_LARGE } from './close-codes.ts';
import type { Closing } from './close-codes.ts';

/** "Quotas for configuring and running a WebSocket API in API Gateway"; both hold for what clients get too. */
export const FRAME_LIMIT_BYTES = 32 * 1024;
export const MESSAGE_LIMIT_BYTES = 128 * 1024;

/** What this process holds of large messages that are not complete, of all clients together. */
const UNFINISHED_LIMIT_BYTES = 64 * 1024 * 1024;
/** The beginning of a message, which is always taken: whoever sends a short one does not meet the limit above. */
const FREE_BYTES = 16 * 1024;

const FIN = 0x80;
const CONTROL = 0x08;
const LENGTH = 0x7f;
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;
const MASK_BYTES = 4;

let unfinishedBytes = 0;

/** Reads the heads of one client's frames (RFC 6455, section 5.2), however they are cut into chunks. */
export class IncomingLimits {
  #headBytes = 0;
  #firstByte = 0;
  #lengthEndsAt = 0;
  #frameBytes = 0;
  /** Of the frame's payload, what is still to come. */
  #restBytes = 0;
  /** Of the message, the frames so far. */
  #messageBytes = 0;
  /** Of the message, what has come. */
  #heldBytes = 0;
  /** How much of that counts towards the limit of all clients. */
  #countedBytes = 0;

  get #isControlFrame(): boolean {
    return (this.#firstByte & CONTROL) !== 0;
  }

  /** Reads on. @returns why the connection is to be closed, if what has begun is over a limit */
  check(chunk: Buffer): Closing | undefined {
    let at = 0;
    while (at < chunk.length) {
      if (this.#restBytes > 0) {
        at += this.#skipPayload(chunk.length - at);
        if (this.#countedBytes > 0 && unfinishedBytes > UNFINISHED_LIMIT_BYTES) return OVERLOADED;
      } else {
        this.#readHead(chunk.readUInt8(at));
        at += 1;
        if (this.#frameBytes > FRAME_LIMIT_BYTES || this.#messageBytes > MESSAGE_LIMIT_BYTES) return TOO_LARGE;
      }
    }
    return undefined;
  }

  /** Stops to count what has come of a message, as it is complete or will never be. */
  release(): void {
    unfinishedBytes -= this.#countedBytes;
    this.#countedBytes = 0;
    this.#heldBytes = 0;
  }

  #skipPayload(availableBytes: number): number {
    const skippedBytes = Math.min(this.#restBytes, availableBytes);
    this.#restBytes -= skippedBytes;
    if (!this.#isControlFrame) this.#hold(skippedBytes);
    if (this.#restBytes === 0) this.#endFrame();
    return skippedBytes;
  }

  #hold(bytes: number): void {
    this.#heldBytes += bytes;
    const newlyCountedBytes = Math.max(0, this.#heldBytes - FREE_BYTES) - this.#countedBytes;
    this.#countedBytes += newlyCountedBytes;
    unfinishedBytes += newlyCountedBytes;
  }

  #readHead(byte: number): void {
    const position = this.#headBytes++;
    if (position === 0) this.#firstByte = byte;
    else if (position === 1) this.#readShortLength(byte & LENGTH);
    else if (position < this.#lengthEndsAt) this.#frameBytes = this.#frameBytes * 256 + byte;
    // What clients send is masked; other frames are refused by the package.
    if (position > 0 && this.#headBytes === this.#lengthEndsAt + MASK_BYTES) this.#beginPayload();
  }

  #readShortLength(length: number): void {
    this.#lengthEndsAt = 2;
    if (length === LENGTH_IN_2_BYTES) this.#lengthEndsAt += 2;
    else if (length === LENGTH_IN_8_BYTES) this.#lengthEndsAt += 8;
    else this.#frameBytes = length;
  }

  #beginPayload(): void {
    if (!this.#isControlFrame) this.#messageBytes += this.#frameBytes;
    this.#restBytes = this.#frameBytes;
    this.#headBytes = 0;
    this.#frameBytes = 0;
    if (this.#restBytes === 0) this.#endFrame();
  }

  #endFrame(): void {
    if (this.#isControlFrame || (this.#firstByte & FIN) === 0) return;
    this.#messageBytes = 0;
    this.release();
  }
}
