/** A live connection: sends and gets messages by a socket, and makes good what it loses. */
import type { ApiCalls } from './api-calls.ts';
import { Chats } from './chats.ts';
import type { LivePosition } from './catch-up.ts';
import { ConnectionClosedError, SessionOverError } from './errors.ts';
import { Healing } from './healing.ts';
import { guardHandlers, type LiveHandlers, type LiveState, readFrameMessage } from './live-events.ts';
import { type ClientPayloads, type PresenceStatus, readFrame, type ServerFrame, writeFrame } from './live-frames.ts';
import { LiveSession } from './live-session.ts';
import { LiveSocket, type WebSocketConstructor } from './live-socket.ts';
import type { MessengerPaths } from './messenger-paths.ts';
import { Outbox } from './outbox.ts';
import { OwnPresence } from './own-presence.ts';
import { SeenPresence } from './seen-presence.ts';
import { readSocketUrl } from './socket-url.ts';
import { type BackOff, jitter, wait } from './wait.ts';

export interface LiveOptions {
  /** Whose session it is: one's own messages are given with this as their `user_id`. */
  readonly userId: string;
  /** What is told of what happens, from the beginning on. */
  readonly on: LiveHandlers;
  /** Where an earlier connection has stopped: what came since is given. Without it, what comes from now on. */
  readonly position?: LivePosition | undefined;
  /**
   * Where sockets are, if that is not below the API's URL, for example
   * `wss://abc123.execute-api.eu-central-1.amazonaws.com/prod`.
   */
  readonly socketUrl?: string;
  /** What opens sockets; the global one by default, which Node.js has from version 22 on. */
  readonly WebSocket?: WebSocketConstructor;
  /**
   * Called when the session is over, to set another one of the same user: `logIn` does. Without it, or if it throws
   * MessengerError 401, the connection ends.
   */
  readonly renewSession?: () => Promise<void>;
  /** How long nothing may come before a ping is sent, in milliseconds; 60,000 by default. */
  readonly pingAfterMs?: number;
  /** How long a handshake, a pong and an acknowledgement may take, each, in milliseconds; 10,000 by default. */
  readonly timeoutMs?: number;
  /**
   * How often all that has changed is asked for although nothing seems to be missing, in milliseconds: edits, marks and
   * memberships have no numbers by which a lost frame is noticed. 300,000 by default.
   */
  readonly syncEveryMs?: number;
}

export interface SendOptions {
  /** The key under which the message is stored once, for a day, whoever repeats it; made anew by default. */
  readonly clientId?: string;
  /** Gives up. The message may still be stored then, and after later ones. */
  readonly signal?: AbortSignal;
}

/** What a live connection needs of its client. */
export interface LiveClient {
  readonly api: ApiCalls<MessengerPaths>;
  readonly baseUrl: string;
  readonly sessionId: string | undefined;
}

const BACK_OFF: BackOff = { firstMs: 500, longestMs: 30_000 };
/** A socket that was open for so long was no failure. */
const HELD_MS = 10_000;
/** In each chat at most one frame says within this time that somebody is typing. */
const TYPING_MS = 3_000;

export class LiveMessenger {
  readonly #WebSocket: WebSocketConstructor;
  readonly #client: LiveClient;
  readonly #options: LiveOptions;
  readonly #tell: Required<LiveHandlers>;
  readonly #end = new AbortController();
  readonly #chats: Chats;
  readonly #healing: Healing;
  readonly #outbox: Outbox;
  readonly #seenPresence: SeenPresence;
  readonly #ownPresence = new OwnPresence((chat_id, status) => this.#sendFrame('presence', { chat_id, status }));
  /** When typing was said last, by chat. */
  readonly #typedAt = new Map<string, number>();
  #socket: LiveSocket | undefined;
  #state: LiveState = 'connecting';
  #syncTimer: ReturnType<typeof setInterval> | undefined;

  private constructor(client: LiveClient, options: LiveOptions, WebSocket: WebSocketConstructor) {
    this.#WebSocket = WebSocket;
    this.#client = client;
    this.#options = options;
    this.#tell = guardHandlers(options.on);
    this.#chats = new Chats(this.#tell);
    this.#seenPresence = new SeenPresence(this.#tell.presence);
    this.#outbox = new Outbox({
      timeoutMs: options.timeoutMs ?? 10_000,
      onStored: ({ chatId: chat_id, text, clientId: client_id }, seq) => {
        const created_at = new Date().toISOString();
        const { userId: user_id } = options;
        this.#chats.take({ message_id: `${seq}`, seq, chat_id, user_id, text, created_at, client_id });
        this.#healing.check(chat_id);
      },
    });
    const { signal } = this.#end;
    const session = new LiveSession({ client, renew: options.renewSession, onOver: (error) => this.#stop(error) });
    this.#healing = new Healing({ session, chats: this.#chats, tell: this.#tell, signal });
  }

  /**
   * Finds out what there is, and then keeps a socket open.
   * @throws what calls of the API throw; SessionOverError; TypeError for a URL that sockets cannot have; what the runtime's
   *   WebSocket throws for one
   */
  static async connect(client: LiveClient, options: LiveOptions): Promise<LiveMessenger> {
    // Not everywhere, whatever the types say.
    const global: { readonly WebSocket?: WebSocketConstructor } = globalThis;
    const WebSocket = options.WebSocket ?? global.WebSocket;
    if (WebSocket === undefined) throw new Error('there is no global WebSocket here: give one as the option WebSocket');
    const live = new LiveMessenger(client, options, WebSocket);
    try {
      live.#socketUrl();
      await live.#healing.begin(options.position);
      // The first one here: some runtimes refuse more than they should, and throw it at whoever opens a socket.
      void live.#stayConnected(live.#openSocket());
    } catch (error) {
      live.#stop(error);
      throw error;
    }
    live.#syncTimer = setInterval(() => live.#healing.wantSync(), options.syncEveryMs ?? 300_000);
    return live;
  }

  get state(): LiveState {
    return this.#state;
  }

  /** Up to where everything has been given: to be kept, and handed to the next connection. */
  get position(): LivePosition {
    const chats = Object.fromEntries(this.#chats.positions);
    return { cursor: this.#healing.cursor ?? '', chats };
  }

  /**
   * Stores a message, exactly once, whatever is lost meanwhile. In each chat messages are stored in the order of these
   * calls. It takes as long as it takes: until a socket is open, and the server has the message.
   * @returns the message's number
   * @throws MessengerError if it is refused. If the signal, `close` or the session's end comes first: NoAnswerError, with
   *   that as its cause, if the message may be stored; or that itself (the signal's reason, ConnectionClosedError,
   *   SessionOverError) if it certainly is not
   */
  async send(chatId: string, text: string, { clientId, signal }: SendOptions = {}): Promise<number> {
    this.#end.signal.throwIfAborted();
    return this.#outbox.send({ chatId, text, clientId: clientId ?? crypto.randomUUID() }, signal);
  }

  /**
   * Asks for everything that has changed, as it is done from time to time anyway: for example after a chat was created,
   * or when the user looks again.
   * @returns once that has been told
   * @throws ConnectionClosedError, SessionOverError
   */
  sync(): Promise<void> {
    return this.#healing.sync();
  }

  /** Says that the user is typing: to be called at each key, it is sent every three seconds at most. */
  typing(chatId: string): void {
    const now = Date.now();
    if (this.#socket === undefined || now - (this.#typedAt.get(chatId) ?? -Infinity) < TYPING_MS) return;
    this.#typedAt.set(chatId, now);
    this.#sendFrame('typing', { chat_id: chatId });
  }

  /** Says that the user is there, and goes on saying so until told otherwise. */
  setPresence(chatId: string, status: PresenceStatus): void {
    if (!this.#end.signal.aborted) this.#ownPresence.set(chatId, status);
  }

  /** Says goodbye, closes the socket and ends what waits: see `send`. */
  close(): void {
    this.#stop(new ConnectionClosedError('the connection was closed'));
  }

  #stop(reason: unknown): void {
    if (this.#end.signal.aborted) return;
    this.#ownPresence.end();
    this.#seenPresence.end();
    clearInterval(this.#syncTimer);
    this.#end.abort(reason);
    this.#outbox.end(reason);
    this.#setState('closed');
    if (reason instanceof SessionOverError) this.#tell.ended(reason);
  }

  async #stayConnected(first: LiveSocket): Promise<void> {
    const { signal } = this.#end;
    let socket = first;
    for (let failures = 0; ;) {
      const startedAt = Date.now();
      const wasOpen = await this.#useSocket(socket);
      failures = wasOpen && Date.now() - startedAt >= HELD_MS ? 0 : failures + 1;
      if (signal.aborted) return;
      this.#setState('offline');
      // A browser does not tell whether a handshake failed because of the session: a call of the API does.
      if (!wasOpen) this.#healing.wantSync();
      await wait(jitter(Math.max(1, failures), BACK_OFF), signal).catch(() => undefined);
      if (signal.aborted) return;
      this.#setState('connecting');
      socket = this.#openSocket();
    }
  }

  /** @returns once it has ended, whether it was open */
  async #useSocket(socket: LiveSocket): Promise<boolean> {
    if (await socket.opened) {
      this.#socket = socket;
      this.#setState('open');
      this.#healing.syncAtOnce();
      this.#ownPresence.repeat();
      this.#outbox.open((frame) => socket.send(frame));
      await socket.ended;
      this.#socket = undefined;
      this.#outbox.close();
      return true;
    }
    return false;
  }

  #openSocket(): LiveSocket {
    const { pingAfterMs = 60_000, timeoutMs = 10_000 } = this.#options;
    return new LiveSocket({
      WebSocket: this.#WebSocket,
      url: this.#socketUrl(),
      pingAfterMs,
      timeoutMs,
      ping: writeFrame('ping', {}),
      onData: (data) => {
        const frame = readFrame(data);
        if (frame !== undefined) this.#take(frame);
      },
      signal: this.#end.signal,
    });
  }

  /** With the session as it is now, in its query: browsers can send no header with a handshake. */
  #socketUrl(): string {
    const { socketUrl } = this.#options;
    const { baseUrl, sessionId } = this.#client;
    const url =
      socketUrl === undefined
        ? readSocketUrl('baseUrl', `${baseUrl.replace(/\/$/, '')}/messenger/ws`)
        : readSocketUrl('socketUrl', socketUrl);
    url.searchParams.set('token', sessionId ?? '');
    return url.href;
  }

  #sendFrame<Action extends keyof ClientPayloads>(action: Action, payload: ClientPayloads[Action]): void {
    this.#socket?.send(writeFrame(action, payload));
  }

  #take(frame: ServerFrame): void {
    switch (frame.action) {
      case 'send-message':
      case 'edit-message':
      case 'delete-message':
        for (const message of frame.payload.messages) this.#chats.take(readFrameMessage(message));
        this.#healing.check(frame.payload.chat_id);
        break;
      case 'latest':
        this.#chats.learn(frame.payload.chat_id, frame.payload.seq);
        this.#healing.check(frame.payload.chat_id);
        break;
      case 'ack':
        this.#outbox.acknowledge(frame.payload.client_id, frame.payload.seq);
        break;
      case 'error':
        this.#takeError(frame.payload);
        break;
      case 'not handled':
        this.#outbox.sendAllLater();
        break;
      case 'read':
        this.#tell.read(frame.payload);
        break;
      case 'typing':
        this.#tell.typing(frame.payload);
        break;
      case 'presence':
        this.#seenPresence.take(frame.payload);
        break;
      case 'pong':
        break;
    }
  }

  #takeError({ client_id, code, message }: { client_id?: string; code: number; message: string }): void {
    // It comes to a socket whose session has ended: the messages are sent again in the next one, if there is one.
    if (code === 401) this.#socket?.close();
    else if (client_id !== undefined) this.#outbox.refuse(client_id, code, message);
  }

  #setState(state: LiveState): void {
    if (this.#state === state || (this.#state === 'closed' && state !== 'closed')) return;
    this.#state = state;
    this.#tell.state(state);
  }
}
