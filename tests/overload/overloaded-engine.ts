/** An engine for a test of overload: how much memory it has taken, what it has stored, how it serves. */
import { readFileSync } from 'node:fs';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import type { Head, NumberedMessage } from '../../shared/domain/chat-head.ts';
import { OPEN_STREAM } from '../../functions/send-message/send-message.ts';
import { readStream } from '../../tools/verify/read-stream.ts';
import { checkChat } from '../support/chat-checks.ts';
import { listChildProcesses } from '../support/child-processes.ts';
import { DeployedStack } from '../support/deployed-stack.ts';

/**
 * The most memory that a process and those that it has started have had, in MB. From Linux's /proc, as only the system
 * knows of a peak between two looks.
 */
export function readPeakMemoryMb(processId: number): number {
  const peaks = [processId, ...listChildProcesses(processId)].map((id) => {
    const status = readFileSync(`/proc/${id}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
  });
  return Math.round(peaks.reduce((sum, peak) => sum + peak, 0));
}

/** All messages of the open stream. @throws Violation if ids or ordinals have gaps, or a text is stored twice */
export async function readStoredMessages(
  awsEndpoint: string,
): Promise<{ head: Head; messages: readonly NumberedMessage[] }> {
  const stack = new DeployedStack(awsEndpoint);
  const store = new DynamoDbChatStore(stack.dynamoDb, await stack.findChatTable(), { opensChats: true });
  const head = await store.readHead(OPEN_STREAM);
  const messages: NumberedMessage[] = [];
  for await (const page of readStream(store, OPEN_STREAM, head)) messages.push(...page.messages);
  checkChat(head, messages, []);
  return { head, messages };
}
