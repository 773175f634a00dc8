/** Finds a deployed function by a short name. */
import { ToolError } from '../command-line/run-tool.ts';

/**
 * The one of `deployed` that `name` means: `send-message` means the one with `SendMessageFunction` in its name, because
 * infra names constructs after folders.
 * @param folders short names that can be suggested
 * @throws ToolError unless there is exactly one; it lists those there are
 */
export function findFunction(name: string, deployed: readonly string[], folders: readonly string[]): string {
  if (deployed.includes(name)) return name;
  const matches = matchFolder(name, deployed);
  const [match] = matches;
  if (match !== undefined && matches.length === 1) return match;
  const known = folders.filter((folder) => matchFolder(folder, deployed).length === 1);
  throw new ToolError(
    [
      match === undefined ? `No deployed function is called ${name}.` : `${name} may mean ${matches.join(' or ')}.`,
      `Short names: ${known.join(', ') || 'none'}`,
      `Functions: ${deployed.join(', ') || 'none'}`,
    ].join('\n'),
  );
}

function matchFolder(folder: string, deployed: readonly string[]): string[] {
  const pascalCase = folder.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
  // Engines cut long names off before the random part at their end: `SendMessageFun-b31ba730`.
  const pattern = new RegExp(`${pascalCase}(Function|F[a-z]*-)`);
  return deployed.filter((functionName) => pattern.test(functionName));
}
