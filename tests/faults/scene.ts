/** What a kind of chat brings into a run: its clients, and what must be true of it afterwards. */
import type { ChatStores } from './chat-stores.ts';
import type { Violation } from './check/violation.ts';
import type { SeenHead } from './head-watch.ts';
import type { Publication } from './publication-watch.ts';
import type { Call } from './record.ts';

export interface Scene<Wave> {
  /** The chat of the run; undefined as long as there is none. */
  readonly chatId: string | undefined;
  /** How many calls were made so far. */
  readonly calls: number;
  /** Resolves when all clients have their answers or have given up; tells whether they had the time for it. */
  play(wave: Wave): Promise<boolean>;
  /** When nothing fails any more: asks again for what may be asked again; resolves with the last call for each. */
  repeatAll(): Promise<readonly Call[]>;
  /** Holds what is stored, and was seen on the way there, against what the clients were told. */
  check(stores: ChatStores, seen: SeenTraffic): Promise<SceneResult>;
}

/** What the proxies saw between the functions and the stores. */
export interface SeenTraffic {
  readonly publications: readonly Publication[];
  readonly heads: readonly SeenHead[];
}

export interface SceneResult {
  readonly violations: readonly Violation[];
  /** What happened in the chat and how often, so that it shows if runs meet too little. */
  readonly events: Readonly<Record<string, number>>;
}
