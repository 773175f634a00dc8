/** `npm run chat`: a chat in the terminal. */
import { askPassword, confirm } from './chat/ask.ts';
import { CHAT_HELP, type ChatOptions, readChatOptions } from './chat/chat-options.ts';
import { chatAtTerminal } from './chat/chat-at-terminal.ts';
import { chatInPlainLines } from './chat/chat-in-plain-lines.ts';
import { signIn } from './chat/sign-in.ts';
import { EXIT, type ExitCode, runTool } from './command-line/run-tool.ts';

/** After the end of a chat, how long an answer that nobody waits for any more may keep the process. */
const LEAVE_MS = 2_000;

await runTool(async () => {
  const options = readChatOptions(process.argv.slice(2));
  if (options !== undefined) return runChat(options);
  console.log(CHAT_HELP);
  return EXIT.ok;
});

async function runChat(options: ChatOptions): Promise<ExitCode> {
  const questions = process.stdin.isTTY ? { password: askPassword, confirm } : undefined;
  const user = await signIn(options, questions);
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY && process.env['TERM'] !== 'dumb';
  const hasFailed = await (isTerminal ? chatAtTerminal : chatInPlainLines)(options, user);
  setTimeout(() => process.exit(), LEAVE_MS).unref();
  return hasFailed ? EXIT.failed : EXIT.ok;
}
