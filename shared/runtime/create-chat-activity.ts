/** The chat-activity queue, as a function's environment variables say. */
import { createSqsClient } from '../adapters/sqs-client.ts';
import { SqsChatActivity } from '../adapters/sqs-chat-activity.ts';
import { ENVIRONMENT, requireEnvironment } from './environment.ts';

export function createChatActivity(): SqsChatActivity {
  const longestDelaySeconds = Number(requireEnvironment(ENVIRONMENT.longestSignalDelay));
  return new SqsChatActivity(createSqsClient(), requireEnvironment(ENVIRONMENT.chatActivityQueue), longestDelaySeconds);
}
