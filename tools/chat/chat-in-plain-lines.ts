/** A chat over streams that are no terminal: each line of the input is taken, and messages are printed as lines. */
import { createInterface } from 'node:readline';
import type { ChatOptions } from './chat-options.ts';
import { ChatSession } from './chat-session.ts';
import { PLAIN } from './paint.ts';
import { PlainScreen } from './screen.ts';
import type { SignedIn } from './sign-in.ts';

/** Resolves at the end of the input, when all is sent; or after a signal. @returns whether something failed */
export async function chatInPlainLines(options: ChatOptions, user: SignedIn): Promise<boolean> {
  const end = new AbortController();
  const quit = () => end.abort();
  process.once('SIGINT', quit).once('SIGTERM', quit);
  const session = new ChatSession({
    user,
    screen: new PlainScreen(process.stdout, process.stderr, { paint: PLAIN, columns: undefined }),
    history: options.history,
    socketUrl: options.socketUrl?.href,
    onQuit: quit,
  });
  await session.begin(options.companion, options.chat);
  // Not before: lines that come while nobody waits for them would be lost.
  const lines = createInterface({ input: process.stdin, signal: end.signal });
  for await (const line of lines) {
    await session.takeLine(line);
    if (end.signal.aborted) break;
  }
  if (!end.signal.aborted) await session.allSent();
  session.close();
  process.stdin.destroy();
  return session.hasFailed;
}
