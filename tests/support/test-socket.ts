/** A socket of the messenger as a client of its own would open it: what it gets is kept in order. */
import { once } from 'node:events';
import { WebSocket } from 'ws';

export interface ReceivedFrame {
  readonly topic: string;
  readonly action: string;
  /** Parsed. */
  readonly payload: Record<string, unknown>;
}

/** How long a frame may take. */
const FRAME_LIMIT_MS = 20_000;

export class TestSocket {
  /** As they came. */
  readonly texts: string[] = [];
  /** The code with which it was closed; undefined while it is open. */
  closeCode: number | undefined;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => void this.texts.push(data.toString()));
    socket.on('close', (code) => void (this.closeCode = code));
    socket.on('error', () => {});
  }

  /** @throws Error that ends with the status of the answer, if the handshake is refused */
  static async open(socketUrl: string, token: string): Promise<TestSocket> {
    const socket = new WebSocket(`${socketUrl}?token=${encodeURIComponent(token)}`);
    const opened = new TestSocket(socket);
    await once(socket, 'open');
    return opened;
  }

  get frames(): ReceivedFrame[] {
    return this.texts.map((text) => {
      const { topic, action, payload } = JSON.parse(text);
      return { topic, action, payload: payload === undefined ? {} : JSON.parse(payload) };
    });
  }

  framesOf(action: string): ReceivedFrame['payload'][] {
    return this.frames.filter((frame) => frame.action === action).map(({ payload }) => payload);
  }

  /** Texts of all messages that have come, in the order in which they did. */
  get messages(): string[] {
    return this.framesOf('send-message').flatMap(({ messages }) =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what else it may be makes the test fail
      (messages as { text: string }[]).map(({ text }) => text),
    );
  }

  send(action: string, payload: object, clientId?: string): void {
    const named = clientId === undefined ? payload : { ...payload, client_id: clientId };
    this.sendText(JSON.stringify({ topic: 'messenger', action, payload: JSON.stringify(named) }));
  }

  sendText(text: string): void {
    this.#socket.send(text);
  }

  /** Sends messages in one frame. */
  sendMessages(chatId: string, texts: readonly string[], clientId?: string): void {
    const messages = texts.map((text) => ({ text, status: 'created' }));
    this.send('send-message', { chat_id: chatId, messages }, clientId);
  }

  /** The first frame with this action whose payload passes; waits for it. */
  async next(
    action: string,
    passes: (payload: ReceivedFrame['payload']) => boolean = () => true,
  ): Promise<ReceivedFrame['payload']> {
    const deadline = Date.now() + FRAME_LIMIT_MS;
    for (;;) {
      const found = this.framesOf(action).find(passes);
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(`no frame ${action} has come; there came ${this.texts.join(' ')}`);
      await new Promise((resolve) => void setTimeout(resolve, 5));
    }
  }

  async closed(): Promise<number> {
    if (this.closeCode === undefined) await once(this.#socket, 'close');
    return this.closeCode!;
  }

  close(): void {
    this.#socket.close();
  }

  /** From now on it reads nothing that comes. */
  pause(): void {
    this.#socket.pause();
  }

  /** Ends without a word. */
  cut(): void {
    this.#socket.terminate();
  }
}
