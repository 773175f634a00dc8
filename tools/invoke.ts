/** `npm run invoke`: invokes a function of a running engine with an event from a file. */
import { readdir, readFile } from 'node:fs/promises';
import { InvokeCommand, type InvokeCommandOutput, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { explainAwsError, localAws } from './command-line/aws-access.ts';
import { findErrorCode } from './command-line/error-code.ts';
import { EXIT, type ExitCode, runTool, ToolError } from './command-line/run-tool.ts';
import { describeResult } from './invoke/describe-result.ts';
import { findFunction } from './invoke/find-function.ts';
import { INVOKE_HELP, type InvokeOptions, readInvokeOptions } from './invoke/invoke-options.ts';

const FUNCTIONS = new URL('../functions/', import.meta.url);

await runTool(async () => {
  const options = readInvokeOptions(process.argv.slice(2));
  if (options !== undefined) return runInvoke(options);
  console.log(INVOKE_HELP);
  return EXIT.ok;
});

async function runInvoke({ name, eventFile, endpoint, raw }: InvokeOptions): Promise<ExitCode> {
  const event = await readEvent(eventFile);
  const client = new LambdaClient({ ...localAws(endpoint), maxAttempts: 1 });
  try {
    const functionName = findFunction(name, await listFunctions(client), await readdir(FUNCTIONS));
    const startedAtMs = performance.now();
    const output = await client.send(
      new InvokeCommand({ FunctionName: functionName, Payload: event, LogType: 'Tail' }),
    );
    const durationMs = performance.now() - startedAtMs;
    const payload = output.Payload?.transformToString() ?? '';
    console.log(raw ? payload : describeInvocation(functionName, durationMs, payload, output));
    return output.FunctionError === undefined ? EXIT.ok : EXIT.failed;
  } catch (error) {
    throw explainAwsError(error, endpoint, '--endpoint');
  }
}

async function readEvent(path: string): Promise<Uint8Array> {
  try {
    const content = await readFile(path);
    JSON.parse(content.toString());
    return content;
  } catch (error) {
    if (findErrorCode(error) === 'ENOENT') throw new ToolError(`There is no file ${path}`);
    throw new ToolError(`${path} is no event: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function listFunctions(client: LambdaClient): Promise<string[]> {
  const names: string[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client }, {}))
    names.push(...Functions.flatMap(({ FunctionName }) => FunctionName ?? []));
  return names;
}

function describeInvocation(
  functionName: string,
  durationMs: number,
  payload: string,
  { FunctionError, LogResult = '' }: InvokeCommandOutput,
): string {
  const outcome = FunctionError === undefined ? 'returned' : `failed (${FunctionError})`;
  const log = Buffer.from(LogResult, 'base64').toString().trimEnd();
  return [
    `${functionName} ${outcome} after ${durationMs.toFixed(0)} ms`,
    '',
    describeResult(payload),
    '',
    log === '' ? 'log: empty' : `log:\n${log}`,
  ].join('\n');
}
