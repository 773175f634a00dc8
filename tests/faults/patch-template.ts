/** Settings of the deployed queue under which a run of seconds sees what takes minutes on AWS. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ACCOUNT_ID } from '../../localstack/embedded/account.ts';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown> & { readonly RedrivePolicy?: object };
}

/** Seconds after which a signal whose consumer died comes again; 180 in the app. */
const VISIBILITY_SECONDS = 1;
/** So many that no signal becomes a dead letter, however many faults meet it. */
const MAX_RECEIVES = 1_000;

/**
 * Changes the template of an assembly in place: signals are delivered at once and again soon, and functions find the
 * queue behind `sqsProxyUrl`. The SDK goes to the host in a queue's URL, whatever endpoint the environment names.
 */
export function patchTemplate(assembly: string, sqsProxyUrl: string): void {
  const name = readdirSync(assembly).find((file) => file.endsWith('.template.json'));
  if (name === undefined) throw new Error(`${assembly} has no template; expected one *.template.json`);
  const file = path.join(assembly, name);
  const template: { Resources: Record<string, Resource> } = JSON.parse(readFileSync(file, 'utf8'));
  for (const [logicalId, { Type, Properties }] of Object.entries(template.Resources)) {
    const { RedrivePolicy } = Properties;
    if (Type !== 'AWS::SQS::Queue' || RedrivePolicy === undefined) continue;
    Properties['DelaySeconds'] = 0;
    Properties['VisibilityTimeout'] = VISIBILITY_SECONDS;
    Object.assign(RedrivePolicy, { maxReceiveCount: MAX_RECEIVES });
    replaceInFunctions(template.Resources, { Ref: logicalId }, queueUrlAt(sqsProxyUrl, logicalId));
  }
  writeFileSync(file, JSON.stringify(template));
}

function queueUrlAt(url: string, logicalId: string): object {
  return { 'Fn::Join': ['/', [url, ACCOUNT_ID, { 'Fn::GetAtt': [logicalId, 'QueueName'] }]] };
}

/** Puts another value in the place of one in the functions' environment variables. */
function replaceInFunctions(resources: Record<string, Resource>, value: object, other: object): void {
  for (const { Type, Properties } of Object.values(resources)) {
    if (Type !== 'AWS::Lambda::Function') continue;
    const before = JSON.stringify(Properties['Environment'] ?? {});
    Properties['Environment'] = JSON.parse(before.replaceAll(JSON.stringify(value), JSON.stringify(other)));
  }
}
