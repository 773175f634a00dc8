/** The sample events of the sockets' functions, invoked as `aws lambda invoke` and `npm run invoke` do. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DeployedStack } from '../support/deployed-stack.ts';
import { describeSockets } from '../support/describe-sockets.ts';

const EVENTS = path.resolve(import.meta.dirname, '../../events');

describeSockets(({ awsEndpoint }) => {
  const stack = new DeployedStack(awsEndpoint);
  const invoke = (name: string, event: string) =>
    stack.invoke(name, readFileSync(path.join(EVENTS, name, `${event}.json`), 'utf8'));

  test.each([
    ['connect', 401],
    ['without-token', 401],
    ['disconnect', 200],
    // Their socket is nowhere to be answered, which is no fault.
    ['send-message', 200],
    ['typing', 200],
    ['presence', 200],
    ['ping', 200],
    ['not-a-frame', 200],
  ])('serve-sockets answers the event %s with %i: nobody has its session', async (event, statusCode) => {
    const { result, functionError } = await invoke('serve-sockets', event);
    expect(functionError).toBeUndefined();
    expect(result).toEqual({ statusCode });
  });

  test('push-frames handles a push to a socket that is gone', async () => {
    expect((await invoke('push-frames', 'ok')).result).toEqual({ batchItemFailures: [] });
  });

  test('push-frames reports what is no push, and what comes after it in its group', async () => {
    expect((await invoke('push-frames', 'not-a-push')).result).toEqual({
      batchItemFailures: [
        { itemIdentifier: '059f36b4-87a3-44ab-83d2-661975830a02' },
        { itemIdentifier: '059f36b4-87a3-44ab-83d2-661975830a03' },
      ],
    });
  });
});
