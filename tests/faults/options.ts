/** The command line of `npm run faults`. */
import { readArguments, readWholeNumber } from '../../tools/command-line/read-options.ts';
import { ToolError } from '../../tools/command-line/run-tool.ts';
import { BREAKAGES } from './breakages.ts';
import type { SourceChange } from './prepare-app.ts';

export interface FaultOptions {
  readonly seeds: readonly number[];
  /** Whether it is one seed that is to be played again and again. */
  readonly isReplay: boolean;
  /** Where below the seed's plan a shrunk plan is found. */
  readonly path: string;
  /** How often a plan that failed is played again. */
  readonly tries: number;
  readonly shrinkMs: number;
  readonly changes: readonly SourceChange[];
}

export const FAULTS_HELP = `Plays random plans of what clients do and what goes wrong against the app on embedded engines, and checks what came of them.

Usage: npm run faults -- [options]

  --seeds N           how many seeds to play  [50]
  --from SEED         the first of them  [1]
  --seed SEED         play this one, as often as --tries says
  --path PATH         with --seed: play the smaller plan that an earlier run has found
  --tries N           how often a plan that failed is played again  [3]
  --shrink-seconds N  how long to look for a smaller plan that fails too  [60]
  --break NAME        break a copy of the app on purpose: ${Object.keys(BREAKAGES).join(', ')}
  --help

Exit code: 0 if everything held, 1 if not, 2 if nothing could be played.`;

/** @returns undefined if only help is wanted */
export function readFaultOptions(args: string[]): FaultOptions | undefined {
  const { values } = readArguments({
    args,
    options: {
      seeds: { type: 'string', default: '50' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      path: { type: 'string', default: '' },
      tries: { type: 'string', default: '3' },
      'shrink-seconds': { type: 'string', default: '60' },
      break: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  if (values.path !== '' && values.seed === undefined)
    throw new ToolError('--path: a path leads on from one seed; add --seed');
  return {
    seeds: values.seed === undefined ? readRange(values.from, values.seeds) : [readSeed('seed', values.seed)],
    isReplay: values.seed !== undefined,
    path: values.path,
    tries: readWholeNumber('tries', values.tries, 1, 1_000),
    shrinkMs: readWholeNumber('shrink-seconds', values['shrink-seconds'], 0, 3_600) * 1_000,
    changes: values.break === undefined ? [] : findBreakage(values.break),
  };
}

const MAX_SEED = 1_000_000_000;

function readRange(fromText: string, countText: string): number[] {
  const from = readSeed('from', fromText);
  const count = readWholeNumber('seeds', countText, 1, 1_000_000);
  return Array.from({ length: count }, (_, index) => from + index);
}

function readSeed(option: string, text: string): number {
  return readWholeNumber(option, text, 1, MAX_SEED);
}

function findBreakage(name: string): readonly SourceChange[] {
  const breakage = BREAKAGES[name];
  if (breakage === undefined)
    throw new ToolError(`--break: got "${name}"; it takes ${Object.keys(BREAKAGES).join(', ')}`);
  return breakage.changes;
}
