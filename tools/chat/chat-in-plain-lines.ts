/** A chat over streams that are no terminal: each line of the input is taken, and messages are printed as lines. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { ChatOptions } from './chat-options.ts';
import { ChatSession } from './chat-session.ts';
import { PLAIN } from './paint.ts';
import { PlainScreen } from './screen.ts';
import type { SignedIn } from './sign-in.ts';

/** Resolves at the end of the input, when all is sent; or after a signal, at once. @returns whether something failed */
export async function chatInPlainLines(options: ChatOptions, user: SignedIn): Promise<boolean> {
  const end = new AbortController();
  const hasEnded = once(end.signal, 'abort');
  const quit = () => end.abort();
  // Not only once: a Ctrl-C comes from the terminal, and again from npm, which hands it on.
  process.on('SIGINT', quit).on('SIGTERM', quit);
  const session = new ChatSession({
    user,
    screen: new PlainScreen(process.stdout, process.stderr, { paint: PLAIN, columns: undefined }),
    history: options.history,
    socketUrl: options.socketUrl?.href,
    onQuit: quit,
  });
  await Promise.race([takeLines(session, options, end.signal), hasEnded]);
  session.close();
  process.stdin.destroy();
  return session.hasFailed;
}

/** Resolves at the end of the input, when all is sent. */
async function takeLines(session: ChatSession, { companion, chat }: ChatOptions, signal: AbortSignal): Promise<void> {
  await session.begin(companion, chat);
  if (signal.aborted) return;
  // Not before: lines that come while nobody waits for them would be lost.
  const lines = createInterface({ input: process.stdin, signal });
  for await (const line of lines) {
    await session.takeLine(line);
    if (signal.aborted) return;
  }
  await session.allSent();
}
