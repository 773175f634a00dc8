/** Runs all checks and says what was checked. */
import { stat } from 'node:fs/promises';
import type { Head } from '../../shared/domain/chat-head.ts';
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import { parseAnswer } from '../answers/parse-answer.ts';
import { readAnswers } from '../answers/read-answers.ts';
import { startProgress } from '../command-line/progress.ts';
import { AnsweredRows } from './answered-rows.ts';
import { checkAnswer } from './check-answer.ts';
import { readStream } from './read-stream.ts';
import { StreamCheck } from './stream-check.ts';
import type { Violations } from './violations.ts';

/**
 * Reads the answers of a file.
 * @returns what they say, and lines about what was checked
 * @throws ToolError if it is not a JSON array, a whole one, with an answer at least
 */
export async function verifyAnswers(
  path: string,
  violations: Violations,
): Promise<{ answered: AnsweredRows; checked: string[] }> {
  const answered = new AnsweredRows();
  const { size } = await stat(path);
  const progress = startProgress('Reading answers, bytes', size);
  let answers = 0;
  let rows = 0;
  try {
    for await (const { place, text, endBytes } of readAnswers(path)) {
      const answer = parseAnswer(text);
      if (typeof answer === 'string') violations.add([{ kind: 'malformed answer', message: answer }], `${place}: `);
      else {
        answers++;
        rows += answer.rows.length;
        violations.add([...checkAnswer(answer), ...answered.add(answer, place)], `${place}: `);
      }
      progress.update(endBytes);
    }
    progress.update(size);
  } finally {
    progress.stop();
  }
  const checked = [
    `${answers} answers of ${path}: consecutive ids, sent message last, Message_sent`,
    `${answered.sentCount} sent messages: no id answered twice`,
    `${rows} rows about ${answered.size} messages: the same in every answer`,
  ];
  return { answered, checked };
}

/** Reads the whole chat and compares it with what the answers say. @returns lines about what was checked */
export async function verifyStore(
  store: Pick<ChatStore, 'readHead' | 'readRuns'>,
  chatId: string,
  answered: AnsweredRows,
  violations: Violations,
): Promise<string[]> {
  const compared = answered.size;
  const head: Head = await store.readHead(chatId);
  const check = new StreamCheck(answered);
  const progress = startProgress('Reading the store, messages', head.seq);
  let inHead = 0;
  try {
    for await (const page of readStream(store, chatId, head)) {
      violations.add(page.violations);
      for (const message of page.messages) violations.add(check.add(message));
      inHead = page.messages.length;
      progress.update(check.count);
    }
  } finally {
    progress.stop();
  }
  violations.add(check.finish(head.seq));
  return [
    `${check.count} messages of the store (${check.count - inHead} in history, ${inHead} in the head): ids 1 to ${head.seq} without a gap`,
    `${check.senders} senders: ordinals 1, 2, 3, ...`,
    `${check.loadMessages} messages that npm run load wrote, now or before: none stored twice`,
    `${compared} answered messages: in the store as answered`,
  ];
}
