/** Settings of the deployed queue under which a run of seconds sees what takes minutes on AWS. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ENVIRONMENT } from '../../shared/runtime/environment.ts';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown> & {
    readonly RedrivePolicy?: object;
    readonly Environment?: { readonly Variables: Record<string, unknown> };
  };
}

/** Seconds after which a signal whose consumer died comes again; 180 in the app. */
const VISIBILITY_SECONDS = 1;
/** So many that no signal becomes a dead letter, however many faults meet it. */
const MAX_RECEIVES = 1_000;

/** Changes the template of an assembly in place: signals are delivered at once and again soon. */
export function patchTemplate(assembly: string): void {
  const name = readdirSync(assembly).find((file) => file.endsWith('.template.json'));
  if (name === undefined) throw new Error(`${assembly} has no template; expected one *.template.json`);
  const file = path.join(assembly, name);
  const template: { Resources: Record<string, Resource> } = JSON.parse(readFileSync(file, 'utf8'));
  for (const { Type, Properties } of Object.values(template.Resources)) {
    const { RedrivePolicy, Environment } = Properties;
    if (Environment?.Variables[ENVIRONMENT.longestSignalDelay] !== undefined)
      Environment.Variables[ENVIRONMENT.longestSignalDelay] = '0';
    if (Type === 'AWS::Lambda::EventSourceMapping') {
      delete Properties['MaximumBatchingWindowInSeconds'];
      // The largest without a window.
      Properties['BatchSize'] = 10;
    }
    if (Type !== 'AWS::SQS::Queue' || RedrivePolicy === undefined) continue;
    Properties['VisibilityTimeout'] = VISIBILITY_SECONDS;
    Object.assign(RedrivePolicy, { maxReceiveCount: MAX_RECEIVES });
  }
  writeFileSync(file, JSON.stringify(template));
}
