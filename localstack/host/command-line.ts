/** What the commands for engines have in common: how they report, end and show a deployment. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ExecaError } from 'execa';
import type { Deployment } from './deploy.ts';

/** Runs a command; if it fails, says why without a stack and sets the exit code 1. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(describeError(error));
    process.exitCode = 1;
  }
}

/** The values of the options. @throws Error for a wrong option */
export function readOptions<const T extends NonNullable<ParseArgsConfig['options']>>(
  options: T,
): ReturnType<typeof parseArgs<{ options: T }>>['values'] {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Error(`${error.message}\nSee --help.`, { cause: error });
  }
}

/** Prints steps with the seconds since the start. */
export function startReport(): { report: (step: string) => void; describeTime: () => string } {
  const startedAt = performance.now();
  const describeTime = (): string => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  return { describeTime, report: (step) => console.log(`${describeTime().padStart(7)}  ${step}`) };
}

/** @param shownOutput name of an output to show, for example a request to try */
export function describeDeployment(
  time: string,
  endpoint: string,
  { apiUrls, outputs }: Deployment,
  shownOutput: string | undefined,
): string {
  const parts = [`Ready in ${time}`, `API ${apiUrls.join(' and ')}`, `AWS ${endpoint}`];
  if (shownOutput !== undefined) {
    const found = Object.values(outputs).flatMap(({ [shownOutput]: value }) => value ?? []);
    parts.push(`try: ${found[0] ?? `there is no output ${shownOutput}`}`);
  }
  return parts.join(' | ');
}

function describeError(error: unknown): string {
  if (error instanceof ExecaError) return [error.shortMessage, error.stderr].filter(Boolean).join('\n');
  return error instanceof Error ? error.message : String(error);
}
