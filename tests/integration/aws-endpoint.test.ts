/** The AWS endpoint of a deployment: the API under LocalStack's URL forms, and the stores behind it. */
import { randomUUID } from 'node:crypto';
import { GetQueueAttributesCommand, ListQueuesCommand } from '@aws-sdk/client-sqs';
import { describe, expect, inject, test } from 'vitest';
import { EngineProcess } from '../support/engine-process.ts';
import { DeployedStack } from '../support/deployed-stack.ts';
import { call } from '../support/open-stream-client.ts';

describe.each(inject('deployments'))('$name', ({ awsEndpoint }) => {
  test('the queues are there, and the dead-letter queue is empty', async () => {
    const { sqs } = new DeployedStack(awsEndpoint);
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand());
    const deadLetters = QueueUrls.filter((url) => url.includes('Messenger-ChatActivityDeadLetter'));
    expect(deadLetters).toHaveLength(1);
    const attributes = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: deadLetters[0], AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    expect(attributes.Attributes).toEqual({ ApproximateNumberOfMessages: '0' });
  });
});

test("the embedded engine serves the API under LocalStack's URL forms too", async () => {
  const engine = await EngineProcess.start();
  try {
    const { awsEndpoint, outputs } = engine.describe();
    const { ApiId: apiId } = outputs['Messenger']!;
    for (const path of [
      `/restapis/${apiId}/prod/_user_request_/send_message/`,
      `/_aws/execute-api/${apiId}/prod/send_message/`,
    ]) {
      const body = JSON.stringify({ sender: randomUUID(), text: 'hello' });
      const answer = await call(`${awsEndpoint}${path}`, 'POST', { 'Content-Type': 'application/json' }, body);
      expect(answer.status).toBe(200);
    }
  } finally {
    await engine.discard();
  }
});
