/** Serves a frame and answers its socket. */
import { writeFrame } from '../../shared/contract/counters/frames.ts';
import { UnauthorizedError } from '../../shared/domain/errors.ts';
import { notSignedIn, requireStanding, type SessionReader } from '../../shared/domain/sessions.ts';
import type { OpenSocket, SocketGateway } from '../../shared/domain/sockets.ts';
import { explainError } from '../../shared/runtime/answer-errors.ts';
import { describeError } from '../../shared/runtime/describe-error.ts';
import { logger } from '../../shared/runtime/logger.ts';
import type { SessionThrottle } from '../../shared/runtime/session-throttle.ts';
import { findClientId } from './find-client-id.ts';
import type { FrameOrder } from './frame-order.ts';
import type { KnownSockets } from './known-sockets.ts';
import { type FramePorts, serveFrame } from './serve-frame.ts';

export interface AnswerPorts extends FramePorts {
  readonly known: KnownSockets;
  readonly order: FrameOrder;
  readonly gateway: SocketGateway;
  readonly sessions: SessionReader;
  readonly throttle: SessionThrottle | undefined;
}

interface Received {
  readonly id: string;
  readonly text: string;
  readonly awsRequestId: string;
}

/** What is wrong is answered by a frame too. A socket whose session is over is closed after that. Never rejects. */
export async function answerFrame(ports: AnswerPorts, received: Received): Promise<void> {
  const { gateway } = ports;
  const { answer, isOver } = await serve(ports, received);
  try {
    if (answer !== undefined) await gateway.post(received.id, answer);
    if (isOver) await gateway.close(received.id);
  } catch (error) {
    // What was asked for is done all the same; whoever waits for the answer asks again.
    logger.warn('a frame could not be answered', { awsRequestId: received.awsRequestId, error: describeError(error) });
  }
}

async function serve(
  ports: AnswerPorts,
  { id, text, awsRequestId }: Received,
): Promise<{ answer: string | undefined; isOver: boolean }> {
  const letNextGo = await ports.order.take(id);
  try {
    const socket = await requireOpen(ports, id);
    return { answer: await serveFrame(ports, socket, text, letNextGo), isOver: false };
  } catch (error) {
    const { statusCode, detail: message, problems, retryAfterSeconds } = explainError(error, awsRequestId);
    const clientId = findClientId(text);
    const answer = writeFrame('error', {
      ...(clientId !== undefined && { client_id: clientId }),
      code: problems === undefined ? statusCode : 400,
      message,
      ...(retryAfterSeconds !== undefined && { retry_after: retryAfterSeconds }),
    });
    return { answer, isOver: error instanceof UnauthorizedError };
  } finally {
    letNextGo();
  }
}

/** @throws UnauthorizedError if its session is over; TooManyRequestsError, StoreUnavailableError */
async function requireOpen({ known, sessions, throttle }: AnswerPorts, id: string): Promise<OpenSocket> {
  const socket = await known.find(id);
  if (socket === undefined || socket.validUntil <= Date.now()) throw notSignedIn();
  await requireStanding(sessions, socket);
  await throttle?.take(socket.sessionId);
  return socket;
}
