/** Runs a CDK app as the CDK CLI does and leaves its cloud assembly in a folder. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The parts of cdk.json that matter here ("Configuration" in the CDK guide). */
interface CdkConfiguration {
  app?: string;
  context?: Record<string, unknown>;
  watch?: { include?: string | string[] };
}

export interface CdkApp {
  /** Folder that holds cdk.json. */
  readonly folder: string;
  readonly command: string;
  readonly context: Record<string, unknown>;
  /** Glob patterns of the files that make a new synthesis necessary: cdk.json's `watch.include`. */
  readonly watched: readonly string[];
}

/**
 * Reads cdk.json.
 * @param context what the command line adds to its context
 */
export async function readCdkApp(folder: string, context: Record<string, string>): Promise<CdkApp> {
  const file = path.join(folder, 'cdk.json');
  const configuration: CdkConfiguration = JSON.parse(await readFile(file, 'utf8'));
  if (configuration.app === undefined) throw new Error(`${file} has no "app", the command that runs the CDK app`);
  return {
    folder,
    command: configuration.app,
    context: { ...configuration.context, ...context },
    watched: [configuration.watch?.include ?? []].flat(),
  };
}

/** @throws Error with what the app printed, if it fails */
export async function synthesize(app: CdkApp, assemblyFolder: string): Promise<void> {
  const child = spawn(app.command, {
    cwd: app.folder,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      CDK_OUTDIR: assemblyFolder,
      CDK_CONTEXT_JSON: JSON.stringify(app.context),
      // Validating the template takes three times as long as making it; `cdk synth` and `cdk deploy` do it.
      CDK_VALIDATION: 'false',
      // A fifth of the time goes into compiling the CDK.
      NODE_COMPILE_CACHE: `${assemblyFolder}.compile-cache`,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`the CDK app "${app.command}" failed (${String(code)}):\n${withoutStack(output)}`);
}

/** What a program printed before Node.js adds the stack of the error that ended it. */
function withoutStack(output: string): string {
  const lines = output.split('\n');
  const end = lines.findIndex((line) => /^\s+at .*\d+:\d+\)?$/.test(line));
  return lines
    .slice(0, end === -1 ? undefined : end)
    .join('\n')
    .trim();
}
