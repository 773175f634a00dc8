/** What a benchmark saves as JSON: enough to draw and judge everything again. */
import type { LoginOutcome } from '../load/log-in-all.ts';
import type { Way } from '../load/live/sender.ts';
import type { IdleMeasurement } from '../measure/measure-idle-sockets.ts';
import type { LiveMeasurement } from '../measure/measure-live-cell.ts';
import type { Measurement } from '../measure/measure-cell.ts';
import type { BenchOptions } from '../options.ts';
import type { Scenario, SystemName } from '../scenario.ts';
import type { Surroundings } from './surroundings.ts';

export interface Cell extends Measurement {
  readonly scenario: Scenario;
  readonly system: SystemName;
  /** 1 for the first. */
  readonly round: number;
}

/** What a system's store did for each message, counted in a pass that was not timed. */
export interface StoreWork {
  readonly scenario: Scenario;
  readonly system: SystemName;
  /** Requests to DynamoDB, or rows of PostgreSQL. */
  readonly readsPerMessage: number;
  readonly writesPerMessage: number;
}

/** What systems did side by side: anybody's messages, those of members, or lists of chats. */
export interface CompareResults {
  readonly command: 'compare' | 'members' | 'chats';
  readonly surroundings: Surroundings;
  readonly options: BenchOptions;
  readonly cells: readonly Cell[];
  readonly storeWork: readonly StoreWork[];
}

/** A cell of `history`: the same system, on an empty table or on a long history. */
export interface HistoryCell extends Cell {
  readonly table: 'empty' | 'full';
}

export interface HistoryResults {
  readonly command: 'history';
  readonly surroundings: Surroundings;
  readonly options: BenchOptions;
  readonly cells: readonly HistoryCell[];
}

/** A step of `soak`. */
export interface SoakCell extends Cell {
  /** From the start of the load to the end of this step, in seconds. */
  readonly afterSeconds: number;
  /** After the step, when the system had come to rest. */
  readonly settledMemoryBytes: number;
  /** Of it, pages of files that the stores have mapped, which the system can drop at any time. */
  readonly mappedFileBytes: number;
}

export interface SoakResults {
  readonly command: 'soak';
  readonly surroundings: Surroundings;
  readonly options: BenchOptions;
  readonly cells: readonly SoakCell[];
}

/** A load of `profile`. */
export interface ProfileCell extends Cell {
  /** Processor time of a message in each stage, in microseconds; together `cpuUsPerMessage`. */
  readonly stages: Readonly<Record<string, number>>;
}

export interface ProfileResults {
  readonly command: 'profile';
  readonly surroundings: Surroundings;
  readonly options: BenchOptions;
  readonly cells: readonly ProfileCell[];
}

/** A load of `logins`: before anybody logs in, while they do, or begun while they did and ended after. */
export interface LoginCell extends Cell {
  readonly during: 'quiet' | 'logins' | 'ending';
}

/** How those who came at once were let in. */
export interface LoginWave extends LoginOutcome {
  readonly system: SystemName;
  readonly round: number;
}

export interface LoginResults {
  readonly command: 'logins';
  readonly surroundings: Surroundings;
  readonly options: BenchOptions;
  readonly cells: readonly LoginCell[];
  readonly waves: readonly LoginWave[];
}

/** What `live` has measured once. */
interface LiveRound {
  readonly system: SystemName;
  /** 1 for the first. */
  readonly round: number;
}

/** A load of `live`: messages in many chats of two people, or in one group. */
export interface LiveCell extends LiveMeasurement, LiveRound {
  readonly chats: 'pairs' | 'group';
  readonly way: Way;
  /** Messages that were sent in a second. */
  readonly perSecond: number;
}

export interface IdleCell extends IdleMeasurement, LiveRound {}

export interface LiveResults {
  readonly command: 'live';
  readonly surroundings: Surroundings;
  readonly options: BenchOptions;
  readonly cells: readonly LiveCell[];
  readonly idle: readonly IdleCell[];
}

export type BenchResults = CompareResults | LoginResults | HistoryResults | SoakResults | LiveResults | ProfileResults;
