/** `npm run bench -- chats`: how long a list of many chats takes; all systems in turn. */
import { ToolError } from '../../tools/command-line/run-tool.ts';
import { checkChatList } from '../measure/check-chat-list.ts';
import { type Comparison, compareSystems } from '../measure/compare-systems.ts';
import type { BenchOptions } from '../options.ts';
import { makeChatList } from '../population/make-chat-list.ts';
import type { CompareResults } from '../report/results.ts';

/** As many as a page holds. */
const MAX_CHATS = 1_000;

/** @param folder where everything may keep its data */
export async function compareChatLists(
  options: BenchOptions,
  folder: string,
  signal: AbortSignal,
): Promise<CompareResults> {
  if (options.chats.some((count) => count > MAX_CHATS))
    throw new ToolError(`--chats: got "${options.chats.join()}"; chats takes ${MAX_CHATS} at most, one page`);
  const comparison: Comparison = {
    command: 'chats',
    makeJob: (chats) => ({ kind: 'list-chats', population: makeChatList(chats) }),
    check: checkChatList,
  };
  return compareSystems(comparison, options, folder, signal);
}
