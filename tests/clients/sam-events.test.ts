/** The sample events have every field of the events that the SAM CLI generates for the same source. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runProgram } from './run-program.ts';

const EVENTS = path.resolve(import.meta.dirname, '../../events');
/** What stands in them comes from the client. */
const MAPS = /(^|\.)(headers|multiValueHeaders|\w*[pP]arameters|stageVariables|messageAttributes)$/;

test.each([
  ['apigateway', 'aws-proxy', '!(fan-out|push-frames|serve-sockets)/*.json'],
  ['sqs', 'receive-message', '{fan-out,push-frames}/*.json'],
])('%s %s: %s', async (service, event, pattern) => {
  const { stdout } = await runProgram('sam', ['local', 'generate-event', service, event]);
  const generated = listFields(JSON.parse(stdout));
  const files = globSync(pattern, { cwd: EVENTS });

  expect(generated.length).toBeGreaterThan(10);
  expect(files).not.toHaveLength(0);
  for (const file of files) {
    const fields = listFields(JSON.parse(readFileSync(path.join(EVENTS, file), 'utf8')));
    expect(fields).toEqual(expect.arrayContaining(generated));
  }
});

/** Paths of the fields, such as `requestContext.identity.sourceIp` and `Records.0.body`. */
function listFields(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null || MAPS.test(at)) return [at];
  return Object.entries(value).flatMap(([name, inner]) => listFields(inner, at === '' ? name : `${at}.${name}`));
}
