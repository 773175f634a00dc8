/** A system under load, as the benchmark sees it. */
import type { Job } from '../job.ts';
import type { SystemName } from '../scenario.ts';

export interface System {
  readonly name: SystemName;
  /** Base URL of its HTTP API. */
  readonly url: string;
  /** What it was started for. */
  readonly job: Job;
  /** The process from which all its other processes descend. */
  readonly processId: number;
  /** How many messages it holds, in all its chats. */
  countMessages(): Promise<number>;
  /** Does at once what it would otherwise do in the background, while another system is measured. */
  tidy(): Promise<void>;
}
