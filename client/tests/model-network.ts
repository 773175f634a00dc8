/** The way to the model: frames and requests that are lost, delayed, doubled and overtaken, and sockets that are cut. */
import type { WebSocketConstructor } from '../src/index.ts';
import type { ModelMessenger, ModelSocket } from './model-messenger.ts';

/** What becomes of one frame, request, answer or handshake. */
export interface Fate {
  readonly kind: 'arrives' | 'is lost' | 'comes twice' | 'cuts' | 'is refused' | 'is not handled';
  readonly delayMs: number;
}

const FAIR: Fate = { kind: 'arrives', delayMs: 5 };

type Listener = (event: { readonly data: unknown }) => void;

export class ModelNetwork {
  readonly WebSocket: WebSocketConstructor;
  readonly #messenger: ModelMessenger;
  #fates: Fate[] = [];
  readonly #links = new Set<Link>();

  /** Until it is told otherwise, all is well. */
  constructor(messenger: ModelMessenger) {
    this.#messenger = messenger;
    const open = (link: Link) => this.#open(link);
    this.WebSocket = class extends Link {
      constructor(url: string) {
        super(new URL(url).searchParams.get('token') ?? '');
        open(this);
      }
    };
  }

  /** What becomes of all that passes from now on, one after another; then all is well again. */
  spoil(fates: readonly Fate[]): void {
    this.#fates = [...fates];
  }

  cutAll(): void {
    for (const link of this.#links) link.end();
  }

  readonly fetch = async (request: Request): Promise<Response> => {
    await this.#pass();
    const { pathname, searchParams } = new URL(request.url);
    const userId = request.headers.get('Authorization')?.replace('Bearer ', '') ?? '';
    const answer = this.#answer(pathname, searchParams, userId);
    await this.#pass();
    return answer === undefined
      ? Response.json({ message: 'cursor-not-found' }, { status: 404 })
      : Response.json(answer);
  };

  #answer(pathname: string, query: URLSearchParams, userId: string): object | undefined {
    if (pathname === '/v1/sync') return this.#messenger.sync(userId, query.get('since') ?? undefined);
    if (pathname === '/v1/chats') return this.#messenger.listChats();
    const chatId = /^\/v1\/chats\/(.+)\/messages$/.exec(pathname)?.[1] ?? '';
    return this.#messenger.listMessages(chatId, Number(query.get('after')));
  }

  /** A request, or an answer. */
  async #pass(): Promise<void> {
    const { kind, delayMs } = this.#nextFate();
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (kind === 'is lost' || kind === 'cuts') throw new TypeError('the connection was lost');
  }

  #nextFate(): Fate {
    return this.#fates.shift() ?? FAIR;
  }

  #open(link: Link): void {
    const { kind, delayMs } = this.#nextFate();
    setTimeout(() => {
      if (kind === 'arrives') this.#connect(link);
      else link.end();
    }, delayMs);
  }

  #connect(link: Link): void {
    this.#links.add(link);
    const socket: ModelSocket = {
      userId: link.userId,
      send: (text) => this.#carry(link, () => link.emit('message', text)),
    };
    this.#messenger.sockets.add(socket);
    link.onEnd = () => {
      this.#links.delete(link);
      this.#messenger.sockets.delete(socket);
    };
    link.onSend = (text) => this.#takeFrame(link, socket, text);
    link.emit('open');
  }

  #takeFrame(link: Link, socket: ModelSocket, text: string): void {
    const frame: { readonly action: string; readonly payload: string } = JSON.parse(text);
    if (frame.action !== 'send-message') {
      if (frame.action === 'ping')
        this.#carry(link, () => socket.send('{"topic":"messenger","action":"pong","payload":"{}"}'));
      return;
    }
    const sent: {
      readonly chat_id: string;
      readonly client_id: string;
      readonly messages: readonly [{ readonly text: string }];
    } = JSON.parse(frame.payload);
    const { chat_id, client_id, messages } = sent;
    const store = () => this.#messenger.sendMessage(socket, chat_id, messages[0].text, client_id);
    const fate = this.#nextFate();
    if (fate.kind === 'is refused') {
      const payload = JSON.stringify({ client_id, code: 429, message: 'too much at once' });
      socket.send(JSON.stringify({ topic: 'messenger', action: 'error', payload }));
    } else if (fate.kind === 'is not handled') {
      // Whether it was before that is not said.
      if (fate.delayMs % 2 === 0) store();
      socket.send('{"message":"Internal server error","connectionId":"c","requestId":"r"}');
    } else this.#carryWith(fate, link, store);
  }

  /** Each frame takes its own time, and may so overtake others. What has left a socket that ends then may still arrive. */
  #carry(link: Link, deliver: () => void): void {
    this.#carryWith(this.#nextFate(), link, deliver);
  }

  #carryWith({ kind, delayMs }: Fate, link: Link, deliver: () => void): void {
    if (kind === 'cuts') link.end();
    if (kind === 'is lost' || kind === 'cuts') return;
    setTimeout(deliver, delayMs);
    if (kind === 'comes twice') setTimeout(deliver, 3 * delayMs + 1);
  }
}

/** A client's end of a socket. */
class Link {
  readonly userId: string;
  onSend: (text: string) => void = () => {};
  onEnd: () => void = () => {};
  readonly #listeners = new Map<string, Listener>();
  #hasEnded = false;

  constructor(userId: string) {
    this.userId = userId;
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, listener);
  }

  emit(type: string, data?: string): void {
    if (!this.#hasEnded) this.#listeners.get(type)?.({ data });
  }

  send(text: string): void {
    if (!this.#hasEnded) this.onSend(text);
  }

  close(): void {
    this.end();
  }

  end(): void {
    if (this.#hasEnded) return;
    this.emit('close');
    this.#hasEnded = true;
    this.onEnd();
  }
}
