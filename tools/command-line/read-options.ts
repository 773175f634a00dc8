/** Reads command lines: the options of a tool, and single values of them. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ToolError } from './run-tool.ts';

/**
 * The options and positional arguments that `config` names.
 * @throws ToolError for an option that it does not name, or one without its value
 */
export function readArguments<const T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ToolError(`${error.message}\nSee --help.`);
  }
}

/** @throws ToolError unless the text is a whole number within the limits */
export function readWholeNumber(option: string, text: string, minimum: number, maximum: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= minimum && value <= maximum) return value;
  throw new ToolError(`--${option}: got "${text}"; it takes a whole number from ${minimum} to ${maximum}`);
}

/** One or several URLs, separated by commas. @throws ToolError unless each is an http or https URL */
export function readUrls(option: string, text: string): URL[] {
  return text.split(',').map((part) => readUrl(option, part.trim()));
}

/** @throws ToolError unless the text is an http or https URL */
export function readUrl(option: string, text: string): URL {
  const url = URL.parse(text);
  if (url !== null && ['http:', 'https:'].includes(url.protocol)) return url;
  throw new ToolError(`--${option}: got "${text}"; it takes a URL such as http://127.0.0.1:8081`);
}

/** The URL of a path below a base URL, which may have a path of its own, such as a stage. */
export function resolveBelow(base: URL, path: string): URL {
  return new URL(base.pathname.replace(/\/$/, '') + path, base);
}
