/** What the client of SQS says and answers, beside what the SDK's own layers do with the same command. */
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  SQSServiceException,
} from '@aws-sdk/client-sqs';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSqsClient } from './sqs-client.ts';

let server: FauxqsServer;
let direct: SQSClient;
let layered: SQSClient;
beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false, host: '127.0.0.1', defaultRegion: 'eu-central-1' });
  const config = {
    endpoint: `http://127.0.0.1:${server.port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  direct = createSqsClient(config);
  layered = new SQSClient(config);
});
afterAll(async () => {
  layered.destroy();
  await server.stop();
});

test('messages are sent, one by one and together', async () => {
  const { QueueUrl } = await layered.send(new CreateQueueCommand({ QueueName: 'queue' }));
  const { MessageId } = await direct.send(new SendMessageCommand({ QueueUrl, MessageBody: 'größer, "quoted"\n' }));
  const Entries = ['1', '2'].map((Id) => ({ Id, MessageBody: `message ${Id}` }));
  const { Successful, Failed } = await direct.send(new SendMessageBatchCommand({ QueueUrl, Entries }));

  const { Messages = [] } = await layered.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));

  expect(Messages.map(({ Body }) => Body)).toEqual(['größer, "quoted"\n', 'message 1', 'message 2']);
  expect(Messages.map((message) => message.MessageId)).toEqual([
    MessageId,
    ...(Successful ?? []).map((each) => each.MessageId),
  ]);
  expect(Failed ?? []).toEqual([]);
});

test('a failure has the name that SQS gives it', async () => {
  const command = new SendMessageCommand({
    QueueUrl: `http://127.0.0.1:${server.port}/000000000000/no-such-queue`,
    MessageBody: 'text',
  });
  const [ours, theirs] = await Promise.all(
    [direct, layered].map((client) => client.send(command).catch(describeError)),
  );
  expect(ours).toEqual({ name: 'QueueDoesNotExist', fault: 'client' });
  expect(ours).toEqual(theirs);
});

function describeError(error: unknown) {
  if (!(error instanceof SQSServiceException)) return error;
  return { name: error.name, fault: error.$fault };
}
