/** What an AWS emulator must say of itself to be run as a process of this machine. */

export interface HostEngine {
  /** As commands, folders and messages name it: `localstack`. */
  readonly name: string;
  /** As people write it: `LocalStack 2026.3`. */
  readonly title: string;
  /**
   * Brings what the engine's process needs into `folder`, from the package registries; quick when all is there.
   * @param report says what goes on, one line for each step that takes longer than a moment
   * @throws PrerequisiteError if this machine lacks something that the registries do not have
   */
  prepare(folder: string, report: (step: string) => void): Promise<void>;
  /** How to start the engine's process once it is prepared. It listens on 127.0.0.1 only. */
  createLaunch(options: LaunchOptions): Launch;
  /** Path that answers 200 as soon as the engine takes requests. */
  readonly healthPath: string;
}

export interface LaunchOptions {
  /** The folder that was prepared. */
  readonly folder: string;
  /** Where the process keeps whatever it writes; deleted when the engine is taken down. */
  readonly stateFolder: string;
  /** Port of 127.0.0.1. */
  readonly port: number;
}

export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  /** All of its environment: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
}

/** This machine lacks a program; the message says which and how to get it. */
export class PrerequisiteError extends Error {
  override name = 'PrerequisiteError';
}
