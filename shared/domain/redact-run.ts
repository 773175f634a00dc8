/** Takes what was deleted out of the history, where it would else stand for good. */
import type { Run } from './chat-history.ts';
import type { ChatStore } from './chat-store.ts';
import { makeChunk } from './chunk.ts';
import type { Edit } from './message-edits.ts';

/** Takes the texts of deleted messages out of a run of the history. May be repeated at any time. */
export async function redactRun(store: ChatStore, chatId: string, run: Run): Promise<void> {
  const edits = await store.readEdits(chatId, run.first, run.last);
  for (let current: Run | undefined = run; current !== undefined;) {
    const redacted = redact(current, edits);
    if (redacted === current || (await store.replaceRun(chatId, redacted))) return;
    [current] = await store.readRuns(chatId, run.first, run.first);
  }
}

function redact(run: Run, edits: ReadonlyMap<number, Edit>): Run {
  let seq = run.first;
  let isChanged = false;
  const chunks = run.chunks.map((chunk) => {
    const messages = chunk.messages.map((message) => {
      const edit = edits.get(seq++);
      return edit !== undefined && edit.text === undefined ? { ...message, text: '' } : message;
    });
    if (messages.every(({ text }, index) => text === chunk.messages[index]!.text)) return chunk;
    isChanged = true;
    return makeChunk(chunk.batchId, chunk.createdAt, messages);
  });
  return isChanged ? { ...run, chunks, redactions: run.redactions + 1 } : run;
}
