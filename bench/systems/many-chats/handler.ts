/** `POST /chats/{chatId}/send_message/`: what functions/send-message does, with a writer for each chat. */
import { createDynamoDbClient } from '../../../shared/adapters/dynamodb-client.ts';
import { DynamoDbChatStore } from '../../../shared/adapters/dynamodb-chat-store.ts';
import { idempotencyKey } from '../../../shared/contract/characters.ts';
import { sendMessageRequest } from '../../../shared/contract/open-stream.ts';
import { ChatWriter } from '../../../shared/domain/chat-writer.ts';
import { answerJson } from '../../../shared/runtime/answer-json.ts';
import { createChatActivity } from '../../../shared/runtime/create-chat-activity.ts';
import { ENVIRONMENT, requireEnvironment } from '../../../shared/runtime/environment.ts';
import { httpFunction } from '../../../shared/runtime/http-function.ts';
import { parseBody, parseHeader } from '../../../shared/runtime/parse-request.ts';
import { sendMessage } from '../../../functions/send-message/send-message.ts';

const store = new DynamoDbChatStore(createDynamoDbClient(), requireEnvironment(ENVIRONMENT.chatTable), {
  opensChats: true,
});
const activity = createChatActivity();
const writers = new Map<string, ChatWriter>();

export const handler = httpFunction(async (event) => {
  const request = parseBody(event, sendMessageRequest);
  const key = parseHeader(event, 'Idempotency-Key', idempotencyKey);
  return answerJson(200, await sendMessage(findWriter(event.pathParameters?.['chatId'] ?? ''), request, key));
});

function findWriter(chatId: string): ChatWriter {
  const known = writers.get(chatId);
  if (known !== undefined) return known;
  const writer = new ChatWriter(chatId, { store, activity });
  writers.set(chatId, writer);
  return writer;
}
