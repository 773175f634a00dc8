/** Settings of the deployed queue under which a run of seconds sees what takes minutes on AWS. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown> & { readonly RedrivePolicy?: object };
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
    const { RedrivePolicy } = Properties;
    if (Type !== 'AWS::SQS::Queue' || RedrivePolicy === undefined) continue;
    Properties['DelaySeconds'] = 0;
    Properties['VisibilityTimeout'] = VISIBILITY_SECONDS;
    Object.assign(RedrivePolicy, { maxReceiveCount: MAX_RECEIVES });
  }
  writeFileSync(file, JSON.stringify(template));
}
