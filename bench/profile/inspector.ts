/** Profiles the threads of a Node.js process over its inspector: the Chrome DevTools Protocol with the domain NodeWorker. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** What Profiler.stop answers: the parts that are used. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** The node of each sample, and the microseconds since the one before. */
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

export interface ProfileNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly children?: readonly number[];
}

/** Where a function begins; lines and columns are counted from 0. */
export interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** Of the commands that are used; only Profiler.stop has one. */
interface Result {
  readonly profile?: CpuProfile;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Result;
  readonly error?: { readonly message: string };
}

const SAMPLING_INTERVAL_US = 250;
const CONNECT_ATTEMPTS = 20;
const CONNECT_PAUSE_MS = 100;

/** One thread: it answers commands by their number. */
class Thread {
  readonly #send: (text: string) => void;
  readonly #waiting = new Map<number, PromiseWithResolvers<Result>>();
  #lastId = 0;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  post(method: string, params: object = {}): Promise<Result> {
    const id = ++this.#lastId;
    const answer = Promise.withResolvers<Result>();
    this.#waiting.set(id, answer);
    this.#send(JSON.stringify({ id, method, params }));
    return answer.promise;
  }

  receive({ id = 0, result, error }: Message): void {
    const answer = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) answer?.resolve(result ?? {});
    else answer?.reject(new Error(error.message));
  }

  /** It answers no more. */
  end(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('a thread has ended while it was profiled'));
    this.#waiting.clear();
  }

  async startProfile(): Promise<void> {
    await this.post('Profiler.enable');
    await this.post('Profiler.setSamplingInterval', { interval: SAMPLING_INTERVAL_US });
    await this.post('Profiler.start');
  }

  async stopProfile(): Promise<CpuProfile> {
    const { profile } = await this.post('Profiler.stop');
    return profile!;
  }
}

/** The inspector of a process, and through it those of its worker threads. */
export class Inspector implements Disposable {
  readonly #socket: WebSocket;
  readonly #main: Thread;
  readonly #workers = new Map<unknown, Thread>();

  /** @param port of 127.0.0.1 on which the process's inspector listens, or does in a moment */
  static async connect(port: number): Promise<Inspector> {
    const socket = new WebSocket(await findTarget(port));
    await once(socket, 'open');
    const inspector = new Inspector(socket);
    await inspector.#main.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
    return inspector;
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.#main = new Thread((text) => socket.send(text));
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data))));
    socket.addEventListener('close', () => {
      for (const thread of [this.#main, ...this.#workers.values()]) thread.end();
    });
  }

  /** @returns what ends it, and gives the main thread's profile, then the workers' */
  async startProfile(): Promise<() => Promise<CpuProfile[]>> {
    const threads = [this.#main, ...this.#workers.values()];
    for (const thread of threads) await thread.startProfile();
    return () => Promise.all(threads.map((thread) => thread.stopProfile()));
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }

  #receive(message: Message): void {
    const { method, params = {} } = message;
    if (method === undefined) return this.#main.receive(message);
    const { sessionId } = params;
    if (method === 'NodeWorker.attachedToWorker') this.#attach(sessionId);
    else if (method === 'NodeWorker.receivedMessageFromWorker')
      this.#workers.get(sessionId)?.receive(JSON.parse(String(params['message'])));
    else if (method === 'NodeWorker.detachedFromWorker') {
      this.#workers.get(sessionId)?.end();
      this.#workers.delete(sessionId);
    }
  }

  #attach(sessionId: unknown): void {
    const worker = new Thread((message) => {
      this.#main.post('NodeWorker.sendMessageToWorker', { sessionId, message }).catch(() => worker.end());
    });
    this.#workers.set(sessionId, worker);
  }
}

async function findTarget(port: number): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
      const [target]: { webSocketDebuggerUrl: string }[] = JSON.parse(await answer.text());
      return target!.webSocketDebuggerUrl;
    } catch (error) {
      if (attempt === CONNECT_ATTEMPTS) throw new Error(`no inspector answers on port ${port}`, { cause: error });
      await sleep(CONNECT_PAUSE_MS);
    }
  }
}
