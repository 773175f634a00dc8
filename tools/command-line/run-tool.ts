/** Runs a command line tool: its exit code, and what it says when it cannot do its work. */

/** What a tool's exit code means. */
export const EXIT = { ok: 0, failed: 1, impossible: 2 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Says what is wrong and what to do about it; it is shown without a stack. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}

/** Sets the exit code that `work` answers, or 2 if it throws. */
export async function runTool(work: () => Promise<ExitCode>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    console.error(error instanceof ToolError ? error.message : error);
    process.exitCode = EXIT.impossible;
  }
}
