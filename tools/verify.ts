/** `npm run verify`: checks saved answers and the store. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { OPEN_STREAM } from '../functions/send-message/send-message.ts';
import { DynamoDbChatStore } from '../shared/adapters/dynamodb-chat-store.ts';
import { withTimeout } from '../shared/adapters/request-timeout.ts';
import { explainAwsError, localAws } from './command-line/aws-access.ts';
import { findErrorCode } from './command-line/error-code.ts';
import { EXIT, type ExitCode, runTool, ToolError } from './command-line/run-tool.ts';
import { checkHealth } from './verify/check-health.ts';
import { findTable } from './verify/find-table.ts';
import { readVerifyOptions, VERIFY_HELP, type VerifyOptions } from './verify/verify-options.ts';
import { verifyAnswers, verifyStore } from './verify/verify.ts';
import { Violations } from './verify/violations.ts';

const STORE_TIMEOUT_MS = 10_000;

await runTool(async () => {
  const options = readVerifyOptions(process.argv.slice(2));
  if (options !== undefined) return runVerify(options);
  console.log(VERIFY_HELP);
  return EXIT.ok;
});

async function runVerify(options: VerifyOptions): Promise<ExitCode> {
  const { responses, urls, awsEndpoint } = options;
  const violations = new Violations();
  for (const url of urls) violations.add(await checkHealth(url));
  // The answers first: then the store holds every message that they speak of, even while others are being sent.
  const { answered, checked } = await verifyAnswers(responses, violations).catch((error: unknown) => {
    if (findErrorCode(error) === 'ENOENT')
      throw new ToolError(
        `There is no file ${responses}: npm run load writes it, or name another one with --responses`,
      );
    throw error;
  });

  const client = new DynamoDBClient({
    ...(awsEndpoint !== undefined && localAws(awsEndpoint)),
    requestHandler: withTimeout(STORE_TIMEOUT_MS),
  });
  try {
    const table = options.table ?? (await findTable(client));
    checked.push(
      ...(await verifyStore(
        new DynamoDbChatStore(client, table, { opensChats: true }),
        OPEN_STREAM,
        answered,
        violations,
      )),
    );
    checked.push(`table ${table} at ${awsEndpoint ?? 'AWS'}`, `GET / of ${urls.map(({ href }) => href).join(', ')}`);
  } catch (error) {
    throw awsEndpoint === undefined ? error : explainAwsError(error, awsEndpoint, '--endpoint');
  }

  console.log(['Checked', ...checked.map((line) => `  ${line}`)].join('\n'));
  if (violations.count > 0) {
    console.log(violations.describe());
    return EXIT.failed;
  }
  console.log('No violations.');
  return EXIT.ok;
}
