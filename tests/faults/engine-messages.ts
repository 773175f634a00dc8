/** What the harness and the engine's process tell each other. */
import type { StoreEndpoints } from '../../localstack/embedded/engine.ts';
import type { LambdaMode } from '../../localstack/embedded/lambda/function-settings.ts';

/** The one argument of the engine's process, as JSON. */
export interface EngineArguments {
  readonly mode: LambdaMode;
  readonly dataFolder: string;
  /** The cloud assembly to run. */
  readonly assembly: string;
  /** The proxies between functions and stores. */
  readonly proxies: StoreEndpoints;
}

export type EngineReport =
  /** Where the stores are; comes again when DynamoDB was started again. */
  | { readonly kind: 'stores'; readonly endpoints: StoreEndpoints }
  | { readonly kind: 'ready'; readonly apiUrl: string; readonly table: string; readonly queue: string }
  | { readonly kind: 'environments-ended'; readonly request: number };

/** Ends one execution environment, or all of them. */
export interface EngineRequest {
  readonly request: number;
  readonly environment: number | 'all';
}
