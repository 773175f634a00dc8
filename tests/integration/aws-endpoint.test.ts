/** The AWS endpoint of a deployment. */
import { GetQueueAttributesCommand, ListQueuesCommand } from '@aws-sdk/client-sqs';
import { describe, expect, inject, test } from 'vitest';
import { DeployedStack } from '../support/deployed-stack.ts';

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
