/** Runs client programs as a user's shell would, but with nothing of this user's: no settings, no credentials, no home. */
import path from 'node:path';
import { execa } from 'execa';
import { inject } from 'vitest';

export interface RunOptions {
  /** URL of the AWS endpoint; without it no program gets anywhere. */
  readonly endpoint?: string;
  /** What the program reads from its standard input. */
  readonly input?: string;
  /** Folder in which it runs; its home by default. */
  readonly folder?: string;
}

export interface Outcome {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Resolves however the program ends. Rejects if there is no such program. */
export async function runProgram(
  file: 'aws' | 'bash' | 'sam',
  args: readonly string[],
  { endpoint = 'http://127.0.0.1:1', input = '', folder }: RunOptions = {},
): Promise<Outcome> {
  const { folder: programs, home } = inject('programs');
  const outcome = await execa(file, args, {
    reject: false,
    input,
    cwd: folder ?? home,
    extendEnv: false,
    env: {
      PATH: [programs, path.dirname(process.execPath), process.env['PATH']].join(path.delimiter),
      HOME: home,
      XDG_CONFIG_HOME: path.join(home, '.config'),
      TMPDIR: home,
      AWS_ENDPOINT_URL: endpoint,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_EC2_METADATA_DISABLED: 'true',
      SAM_CLI_TELEMETRY: '0',
    },
  });
  if (outcome.code === 'ENOENT') throw outcome;
  return { exitCode: outcome.exitCode, stdout: outcome.stdout, stderr: outcome.stderr };
}

/** What `aws` prints. @throws Error with its words unless it exits with 0 */
export async function runAws(endpoint: string, args: readonly string[]): Promise<string> {
  // The AWS CLI 1 takes the address of SQS from nowhere else.
  const { exitCode, stdout, stderr } = await runProgram('aws', [...args, '--endpoint-url', endpoint], { endpoint });
  if (exitCode !== 0) throw new Error(`aws ${args.join(' ')} ended with ${exitCode}:\n${stderr}`);
  return stdout;
}
