/** The command line of `npm run deploy`: deploys the CDK app of this folder to an AWS emulator that runs already. */
import path from 'node:path';
import { parseContext } from '../setting-values.ts';
import { describeDeployment, readOptions, runCommand, startReport } from './command-line.ts';
import { deploy } from './deploy.ts';

const USAGE = `Deploys the CDK app of this folder to an AWS emulator, with the CDK's own CLI: bootstraps it if it is not yet, then
runs cdk deploy. Changed code of functions alone is put in place without CloudFormation, within seconds.

Usage: npm run deploy -- --endpoint URL [options]
      --endpoint URL         where the emulator answers, for example http://127.0.0.1:4566
  -c, --context NAME=VALUE   CDK context, as for cdk deploy; may be repeated
      --show OUTPUT          print this output of the stack when ready
      --help                 this text

It never goes to AWS, and no credentials of yours go to the emulator. npx cdk deploy is what goes to AWS.
`;

await runCommand(async () => {
  const values = readOptions({
    endpoint: { type: 'string' },
    context: { type: 'string', short: 'c', multiple: true, default: [] },
    show: { type: 'string' },
    help: { type: 'boolean', default: false },
  });
  if (values.help) return console.log(USAGE);
  const context = parseContext(values.context);
  const endpoint = parseEndpoint(values.endpoint);
  const { report, describeTime } = startReport();
  const deployment = await deploy({
    endpoint,
    appFolder: process.cwd(),
    context,
    workFolder: path.resolve('.engines', 'deploy'),
    report,
  });
  console.log(describeDeployment(describeTime(), endpoint, deployment, values.show));
});

function parseEndpoint(text: string | undefined): string {
  const url = URL.parse(text ?? '');
  if (url !== null && ['http:', 'https:'].includes(url.protocol)) return url.href.replace(/\/$/, '');
  const got = text === undefined ? ' is missing' : `: got "${text}"`;
  throw new Error(
    `--endpoint${got}; it takes the URL of an emulator such as http://127.0.0.1:4566 (npx cdk deploy goes to AWS)`,
  );
}
