/** The server's end of one socket, in the hands of a test. */
import type { WebSocket } from 'ws';
import { type ServerAction, type ServerPayloads, writeFrame } from '../../shared/contract/counters/frames.ts';

/** What a client sends: the fields of all its frames. */
export interface ReceivedPayload {
  readonly chat_id?: string;
  readonly client_id?: string;
  readonly status?: string;
  readonly messages?: readonly { readonly text: string }[];
}

export interface ReceivedFrame {
  readonly action: string;
  readonly payload: ReceivedPayload;
}

export class ScriptedSocket {
  /** All frames that have come. */
  readonly received: ReceivedFrame[] = [];
  readonly closed: Promise<void>;
  readonly #socket: WebSocket;
  readonly #unread: ReceivedFrame[] = [];
  #onFrame: () => void = () => {};

  constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('message', (data: Buffer) => {
      const { action, payload }: { action: string; payload: string } = JSON.parse(data.toString());
      const frame: ReceivedFrame = { action, payload: JSON.parse(payload) };
      this.received.push(frame);
      this.#unread.push(frame);
      this.#onFrame();
    });
  }

  /** The payload of the next frame of this kind that has not been read; others before it are skipped. */
  async next(action: string): Promise<ReceivedPayload> {
    for (;;) {
      const frame = this.#unread.shift();
      if (frame?.action === action) return frame.payload;
      if (frame === undefined) await new Promise<void>((resolve) => (this.#onFrame = resolve));
    }
  }

  /** The next message that is sent, which is to have one text. */
  async nextMessage(): Promise<{ readonly client_id: string; readonly text: string }> {
    const { client_id = '', messages = [] } = await this.next('send-message');
    return { client_id, text: messages.map(({ text }) => text).join() };
  }

  send<Action extends ServerAction>(action: Action, payload: ServerPayloads[Action]): void {
    this.#socket.send(writeFrame(action, payload));
  }

  /** What is no frame of ours. */
  sendText(text: string): void {
    this.#socket.send(text);
  }

  /** Ends the connection without a word. */
  cut(): void {
    this.#socket.terminate();
  }
}
