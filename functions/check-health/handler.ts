/** `GET /`: says whether the store answers. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { withTimeout } from '../../shared/adapters/request-timeout.ts';
import { answerJson } from '../../shared/runtime/answer-json.ts';
import { describeError } from '../../shared/runtime/describe-error.ts';
import { ENVIRONMENT, requireEnvironment } from '../../shared/runtime/environment.ts';
import { httpFunction } from '../../shared/runtime/http-function.ts';
import { logger } from '../../shared/runtime/logger.ts';

// Health must be known soon: one attempt, and a store that needs more than a second is not healthy.
const client = new DynamoDBClient({ maxAttempts: 1, requestHandler: withTimeout(1_000) });
const anyItem = new GetItemCommand({
  TableName: requireEnvironment(ENVIRONMENT.chatTable),
  Key: { pk: { S: 'health' }, sk: { S: 'check' } },
});

export const handler = httpFunction(async () => {
  try {
    await client.send(anyItem);
    return answerJson(200, { status: 'ok', store: 'ok' });
  } catch (error) {
    logger.warn('the store does not answer', { error: describeError(error) });
    return answerJson(200, { status: 'degraded', store: 'unavailable' });
  }
});
