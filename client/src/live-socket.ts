/** One socket, from its opening to its end, kept open and watched. */

/** What is used of a WebSocket: the global one has it, and so has the npm package ws. */
export interface WebSocketLike {
  send(text: string): void;
  close(code?: number): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

export type WebSocketConstructor = new (url: string) => WebSocketLike;

export interface LiveSocketOptions {
  readonly WebSocket: WebSocketConstructor;
  readonly url: string;
  /** How long nothing may come before a ping is sent. */
  readonly pingAfterMs: number;
  /** How long the handshake may take, and how long nothing may come after a ping. */
  readonly timeoutMs: number;
  /** A frame that asks for a pong. */
  readonly ping: string;
  /** Told whatever comes. */
  readonly onData: (data: unknown) => void;
  /** Closes the socket. */
  readonly signal: AbortSignal;
}

/** WebSocket's code for a closing that was meant. */
const NORMAL_CLOSURE = 1000;

export class LiveSocket {
  /** Resolves once it is open, or with false if that failed: a browser does not tell why. */
  readonly opened: Promise<boolean>;
  /** Resolves when it has ended, however it did. */
  readonly ended: Promise<void>;
  readonly #socket: WebSocketLike;
  readonly #options: LiveSocketOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasEnded = false;
  #end: () => void = () => {};

  constructor(options: LiveSocketOptions) {
    this.#options = options;
    const socket = (this.#socket = new options.WebSocket(options.url));
    const close = () => this.close();
    this.ended = new Promise((resolve) => {
      this.#end = () => {
        if (this.#hasEnded) return;
        this.#hasEnded = true;
        clearTimeout(this.#timer);
        options.signal.removeEventListener('abort', close);
        resolve();
      };
    });
    this.opened = new Promise((resolve) => {
      socket.addEventListener('open', () => {
        if (this.#hasEnded) return;
        this.#watch();
        resolve(true);
      });
      void this.ended.then(() => resolve(false));
    });
    socket.addEventListener('close', () => this.#end());
    socket.addEventListener('error', () => this.#end());
    socket.addEventListener('message', ({ data }) => {
      if (this.#hasEnded) return;
      this.#watch();
      options.onData(data);
    });
    this.#timer = setTimeout(close, options.timeoutMs);
    options.signal.addEventListener('abort', close, { once: true });
  }

  send(text: string): void {
    if (!this.#hasEnded) this.#socket.send(text);
  }

  /** Whoever waits for its end is told at once: the other side may not be there to answer. */
  close(): void {
    this.#end();
    this.#socket.close(NORMAL_CLOSURE);
  }

  /** Whatever comes shows that the other side is there. */
  #watch(): void {
    const { pingAfterMs, timeoutMs, ping } = this.#options;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = setTimeout(() => this.close(), timeoutMs);
      this.send(ping);
    }, pingAfterMs);
  }
}
