/** The socket: handshakes, frames, and ends. */
import type { APIGatewayProxyWebsocketEventV2, Context } from 'aws-lambda';
import { createDynamoDbClient } from '../../shared/adapters/dynamodb-client.ts';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import { DynamoDbSessions } from '../../shared/adapters/dynamodb-sessions.ts';
import { ChatWriters } from '../../shared/domain/chat-writers.ts';
import { explainError } from '../../shared/runtime/answer-errors.ts';
import { createSessionThrottle } from '../../shared/runtime/authenticate.ts';
import { createChatActivity } from '../../shared/runtime/create-chat-activity.ts';
import { createLiveFeed, requireSocketPorts } from '../../shared/runtime/create-live-feed.ts';
import { ENVIRONMENT, requireEnvironment } from '../../shared/runtime/environment.ts';
import { answerFrame } from './answer-frame.ts';
import { FrameOrder } from './frame-order.ts';
import { KnownSockets } from './known-sockets.ts';
import { openSocket } from './open-socket.ts';

const dynamoDb = createDynamoDbClient();
const chats = new DynamoDbChatStore(dynamoDb, requireEnvironment(ENVIRONMENT.chatTable));
const activity = createChatActivity();
const sockets = requireSocketPorts(dynamoDb);
const known = new KnownSockets(sockets.sockets);
const ports = {
  ...sockets,
  known,
  order: new FrameOrder(),
  chats,
  sessions: new DynamoDbSessions(dynamoDb, requireEnvironment(ENVIRONMENT.peopleTable)),
  throttle: createSessionThrottle(),
  writers: new ChatWriters({ store: chats, activity }),
  live: createLiveFeed(dynamoDb),
};

/** API Gateway refuses a handshake with the status of its answer, and takes no notice of the others'. */
export const handler = async (
  event: Pick<APIGatewayProxyWebsocketEventV2, 'requestContext' | 'queryStringParameters' | 'body'>,
  { awsRequestId }: Pick<Context, 'awsRequestId'>,
): Promise<{ statusCode: number }> => {
  const { eventType, connectionId: id } = event.requestContext;
  try {
    switch (eventType) {
      case 'CONNECT':
        await openSocket(ports, { id, token: event.queryStringParameters?.['token'] ?? '' });
        break;
      case 'MESSAGE':
        await answerFrame(ports, { id, text: event.body ?? '', awsRequestId });
        break;
      case 'DISCONNECT':
        await known.remove(id);
    }
    return { statusCode: 200 };
  } catch (error) {
    return { statusCode: explainError(error, awsRequestId).statusCode };
  }
};
