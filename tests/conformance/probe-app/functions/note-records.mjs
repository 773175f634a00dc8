// Notes in a table what it gets from queues, under the case that each message names, and fails as the messages say.
import { note } from './note.mjs';

const isFirst = ({ record }) => record.attributes.ApproximateReceiveCount === '1';

export const handler = async ({ Records }) => {
  const messages = Records.map((record) => ({ record, message: JSON.parse(record.body) }));
  for (const [name, group] of Map.groupBy(messages, ({ message }) => message.case)) {
    await note(
      name,
      group.map(({ record }) => record),
    );
  }
  if (messages.some((each) => each.message.fails === 'always' || (each.message.fails === 'once' && isFirst(each)))) {
    throw new Error('as the message says');
  }
  const reported = messages.filter((each) => each.message.isReported && isFirst(each));
  return {
    batchItemFailures: reported.map(({ record, message }) => ({
      itemIdentifier: message.isReported === 'unknown' ? 'unknown' : record.messageId,
    })),
  };
};
