/** `POST /send_message/`: parse, send, answer. */
import { createDynamoDbClient } from '../../shared/adapters/dynamodb-client.ts';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import { idempotencyKey } from '../../shared/contract/characters.ts';
import { sendMessageRequest } from '../../shared/contract/open-stream.ts';
import { ChatWriter } from '../../shared/domain/chat-writer.ts';
import { answerJson } from '../../shared/runtime/answer-json.ts';
import { createChatActivity } from '../../shared/runtime/create-chat-activity.ts';
import { ENVIRONMENT, requireEnvironment } from '../../shared/runtime/environment.ts';
import { httpFunction } from '../../shared/runtime/http-function.ts';
import { parseBody, parseHeader } from '../../shared/runtime/parse-request.ts';
import { OPEN_STREAM, sendMessage } from './send-message.ts';

// One writer for the life of the environment: it is what puts concurrent sends into one write.
const writer = new ChatWriter(OPEN_STREAM, {
  store: new DynamoDbChatStore(createDynamoDbClient(), requireEnvironment(ENVIRONMENT.chatTable), { opensChats: true }),
  activity: createChatActivity(),
});

export const handler = httpFunction(async (event) => {
  const request = parseBody(event, sendMessageRequest);
  const key = parseHeader(event, 'Idempotency-Key', idempotencyKey);
  return answerJson(200, await sendMessage(writer, request, key));
});
