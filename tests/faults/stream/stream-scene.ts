/** The open stream in a run. */
import { OPEN_STREAM } from '../../../functions/send-message/send-message.ts';
import { firstSeq } from '../../../shared/domain/chat-head.ts';
import type { ChatStores } from '../chat-stores.ts';
import type { Call } from '../record.ts';
import type { Scene, SceneResult, SeenTraffic } from '../scene.ts';
import { checkStream } from './check-stream.ts';
import { StreamClients } from './stream-clients.ts';
import type { StreamWave } from './stream-wave.ts';

export class StreamScene implements Scene<StreamWave> {
  readonly chatId = OPEN_STREAM;
  readonly #clients: StreamClients;

  constructor(apiUrl: () => Promise<string>) {
    this.#clients = new StreamClients(apiUrl);
  }

  get calls(): number {
    return this.#clients.calls.length;
  }

  play(wave: StreamWave): Promise<boolean> {
    return this.#clients.play(wave);
  }

  repeatAll(): Promise<readonly Call[]> {
    return this.#clients.repeatAll();
  }

  async check(stores: ChatStores, { publications }: SeenTraffic): Promise<SceneResult> {
    const chat = await stores.readChat(OPEN_STREAM);
    const senders = new Set(chat.messages.map(({ sender }) => sender));
    const keptCounts = await stores.readKeptCounts(OPEN_STREAM, [...senders]);
    return {
      violations: checkStream({ ...chat, keptCounts }, this.#clients.calls, publications),
      events: {
        messages: chat.messages.length,
        archived: firstSeq(chat.head) - 1,
        'senders evicted': keptCounts.size,
      },
    };
  }
}
