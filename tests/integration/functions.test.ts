/** The sample events, invoked through the Lambda API as `aws lambda invoke` and `npm run invoke` do. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { DeployedStack } from '../support/deployed-stack.ts';

const EVENTS = path.resolve(import.meta.dirname, '../../events');

describe.each(inject('deployments'))('$name', ({ awsEndpoint }) => {
  const stack = new DeployedStack(awsEndpoint);

  const invoke = (name: string, file: string) => stack.invoke(name, readFileSync(path.join(EVENTS, file), 'utf8'));

  test.each([
    ['ok', 200],
    ['with-idempotency-key', 200],
    ['not-json', 422],
    ['missing-text', 422],
    ['wrong-types', 422],
    ['unknown-field', 422],
    ['too-long', 422],
    ['invalid-utf8', 422],
    ['wrong-content-type', 415],
  ])('send-message answers the event %s with %i', async (name, statusCode) => {
    const { result, functionError } = await invoke('send-message', `send-message/${name}.json`);
    expect(functionError).toBeUndefined();
    expect(result).toMatchObject({ statusCode, headers: { 'Content-Type': 'application/json' } });
  });

  test.each([
    ['check-health', 'ok'],
    ['check-health', 'ping-db'],
    ['describe-api', 'openapi'],
    ['describe-api', 'docs'],
  ])('%s answers the event %s with 200', async (name, event) => {
    const { result } = await invoke(name, `${name}/${event}.json`);
    expect(result).toMatchObject({ statusCode: 200 });
  });

  test('fan-out handles a signal, again and again', async () => {
    for (let time = 0; time < 2; time++) {
      const { result } = await invoke('fan-out', 'fan-out/ok.json');
      expect(result).toEqual({ batchItemFailures: [] });
    }
  });

  test('fan-out reports a message that is no signal, so that it ends in the dead-letter queue', async () => {
    const { result } = await invoke('fan-out', 'fan-out/not-a-signal.json');
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: '059f36b4-87a3-44ab-83d2-661975830a02' }] });
  });
});
