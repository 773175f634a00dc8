/** What must hold within one answer. */
import type { Answer } from '../answers/parse-answer.ts';
import type { Violation } from './violations.ts';

const LAST_MESSAGES = 10;

/** Rows are the stream's last messages at the moment of the send: ten or all, with consecutive ids, ending in the sent one. */
export function checkAnswer({ rows, sentId }: Answer): Violation[] {
  const violations: Violation[] = [];
  const ids = rows.map(([id]) => id);
  const breakAt = ids.findIndex((id, index) => index > 0 && id !== ids[index - 1]! + 1);
  if (breakAt !== -1)
    violations.push({
      kind: 'ids not consecutive',
      message: `id ${ids[breakAt]} follows ${ids[breakAt - 1]}`,
    });
  if (ids.at(-1) !== sentId)
    violations.push({
      kind: 'sent message not last',
      message: `Message_sent is ${sentId}, but the last row has id ${ids.at(-1)}`,
    });
  const expected = Math.min(LAST_MESSAGES, sentId);
  if (rows.length !== expected)
    violations.push({
      kind: 'wrong number of rows',
      message: `the answer to message ${sentId} has ${rows.length} rows instead of ${expected}`,
    });
  return violations;
}
