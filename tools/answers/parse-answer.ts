/** Reads one answer of `POST /send_message/`, trusting nothing about it. */
import type { MessageRow } from '../../shared/contract/open-stream.ts';

export interface Answer {
  /** The values of "0", "1", ..., in this order; one at least. */
  readonly rows: readonly MessageRow[];
  /** The id in `Message_sent`. */
  readonly sentId: number;
}

const MAX_ROWS = 10;
/** JSON.parse moves keys that are numbers to the front, so only the text tells what came last. */
const SENT_COMES_LAST = /"Message_sent"\s*:\s*\[\s*\d+\s*\]\s*\}\s*$/;

/** The answer, or what is wrong with its shape. */
export function parseAnswer(text: string): Answer | string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  if (typeof parsed !== 'object' || parsed === null) return 'it is not an object';
  if (!SENT_COMES_LAST.test(text)) return 'it does not end in "Message_sent": [id]';

  const { Message_sent: sent, ...byKey }: { Message_sent?: unknown; [key: string]: unknown } = { ...parsed };
  if (!Array.isArray(sent) || !isPositive(sent[0])) return 'Message_sent is not [id]';
  const entries = Object.entries(byKey);
  if (entries.length === 0 || entries.length > MAX_ROWS) return `it has ${entries.length} rows instead of 1 to 10`;
  const rows: MessageRow[] = [];
  for (const [index, [key, row]] of entries.entries()) {
    if (key !== String(index)) return `it has the key "${key}" where "${index}" should stand`;
    if (!isRow(row)) return `"${key}" is not [id, sender, text, created_at, user_messages_count]`;
    rows.push(row);
  }
  return { rows, sentId: sent[0] };
}

function isRow(row: unknown): row is MessageRow {
  if (!Array.isArray(row) || row.length !== 5) return false;
  const [id, sender, text, createdAt, count]: unknown[] = row;
  return (
    isPositive(id) &&
    typeof sender === 'string' &&
    typeof text === 'string' &&
    typeof createdAt === 'string' &&
    isPositive(count)
  );
}

function isPositive(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
