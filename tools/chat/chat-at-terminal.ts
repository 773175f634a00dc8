/** A chat at a terminal: lines are edited below what is shown. */
import { createInterface } from 'node:readline';
import type { ChatOptions } from './chat-options.ts';
import { ChatSession } from './chat-session.ts';
import { COLOURED, PLAIN } from './paint.ts';
import { TerminalScreen } from './screen.ts';
import type { SignedIn } from './sign-in.ts';

/** Resolves when the user quits, or the session is over. @returns whether it broke off */
export async function chatAtTerminal(options: ChatOptions, user: SignedIn): Promise<boolean> {
  const { stdin, stdout, env } = process;
  const completer = (line: string): [string[], string] => [[...session.complete(line)], line];
  const editor = createInterface({
    input: stdin,
    output: stdout,
    terminal: true,
    completer,
    removeHistoryDuplicates: true,
  });
  const paint = env['NO_COLOR'] || stdout.getColorDepth() === 1 ? PLAIN : COLOURED;
  const screen = new TerminalScreen(stdout, editor, paint);
  const session = new ChatSession({
    user,
    screen,
    history: options.history,
    socketUrl: options.socketUrl?.href,
    onQuit: () => editor.close(),
  });
  // It closes by Ctrl-C, which it takes for itself, by Ctrl-D and by /quit.
  const closed = new Promise<void>((resolve) => {
    editor.once('close', () => {
      screen.end();
      resolve();
    });
  });
  process.once('SIGTERM', () => editor.close());
  try {
    await Promise.race([session.begin(options.companion, options.chat), closed]);
    stdin.on('keypress', () => {
      screen.settle();
      session.type(editor.line);
    });
    editor.on('line', (line) => {
      screen.clearLine(line);
      void session.takeLine(line);
    });
    await closed;
  } finally {
    editor.close();
  }
  session.close();
  return session.hasBrokenOff;
}
