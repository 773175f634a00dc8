/** The command line of `npm run localstack` and `npm run ministack`. */
import path from 'node:path';
import { parseContext, parseNumber } from '../setting-values.ts';
import { EngineControl } from './engine-control.ts';
import type { HostEngine } from './host-engine.ts';
import { describeDeployment, readOptions, runCommand, startReport } from './command-line.ts';

const usage = ({
  name,
  title,
}: HostEngine): string => `Starts ${title} on 127.0.0.1, in the background, and deploys the CDK app of this folder to it with the CDK's own CLI.
If it runs already, the app is deployed anew; changed code of functions is in place within seconds.

Usage: npm run ${name} -- [options]
      --port PORT            port for the AWS CLI, the SDKs and the API (4566, or that of the engine that runs)
  -c, --context NAME=VALUE   CDK context, as for cdk deploy; may be repeated
      --show OUTPUT          print this output of the stack when ready
      --down                 destroy the stacks, stop ${title} and delete its state
      --help                 this text

What was installed stays in .engines/${name}, for the next time; ${title} keeps its state in memory.
`;

/** Runs the command for an engine with this process's arguments; sets the exit code. */
export async function runEngineCommand(engine: HostEngine): Promise<void> {
  await runCommand(async () => {
    const values = readOptions({
      port: { type: 'string' },
      context: { type: 'string', short: 'c', multiple: true, default: [] },
      show: { type: 'string' },
      down: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    });
    if (values.help) return console.log(usage(engine));
    const context = parseContext(values.context);
    const port = values.port === undefined ? undefined : parseNumber('--port', values.port, 1, 65_535);
    const { report, describeTime } = startReport();
    const control = new EngineControl({
      engine,
      folder: path.resolve('.engines', engine.name),
      appFolder: process.cwd(),
      context,
      report,
    });
    if (values.down) {
      const wasRunning = await control.takeDown();
      return console.log(wasRunning ? `${engine.title} is down.` : `${engine.title} was not running.`);
    }
    try {
      const { awsEndpoint, deployment } = await control.bringUp(port, abortOnSignal());
      console.log(describeDeployment(describeTime(), awsEndpoint, deployment!, values.show));
    } finally {
      const running = await control.findRunning();
      if (running !== undefined) console.log(`${engine.title} runs; stop it with: npm run ${engine.name} -- --down`);
    }
  });
}

function abortOnSignal(): AbortSignal {
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => interruption.abort(new Error(`got ${signal}`)));
  return interruption.signal;
}
