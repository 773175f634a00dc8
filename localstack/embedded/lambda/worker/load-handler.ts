/** Finds and loads the handler of a function (AWS page "Define Lambda function handler in Node.js"). */
import { existsSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRuntimeError } from './runtime-errors.ts';
import type { InvocationContext } from './invocation-context.ts';

export type Handler = (event: unknown, context: InvocationContext) => unknown;

const CALLBACK_MESSAGE =
  'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. ' +
  'You need to modify this function to use a supported handler signature to use Node.js 24 or later. ' +
  'For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';

/**
 * Loads the handler named such as `index.handler` from `codeFolder`.
 * Throws what the module throws, and the `Runtime.*` errors of AWS if it cannot be found, parsed or used.
 */
export async function loadHandler(codeFolder: string, handlerName: string): Promise<Handler> {
  if (handlerName.includes('..'))
    throw createRuntimeError('Runtime.MalformedHandlerName', describeOutside(handlerName));
  const [, moduleName, exportName] = /^([^.]*)\.(.*)$/.exec(basename(handlerName)) ?? [];
  if (moduleName === undefined || exportName === undefined) {
    throw createRuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  }
  const loaded = await loadModule(codeFolder, resolve(codeFolder, dirname(handlerName), moduleName));
  const handler = findExport(loaded, exportName) ?? findExport(findExport(loaded, 'default'), exportName);
  if (handler === undefined) {
    throw createRuntimeError('Runtime.HandlerNotFound', `${handlerName} is undefined or not exported`);
  }
  if (!isHandler(handler)) throw createRuntimeError('Runtime.HandlerNotFound', `${handlerName} is not a function`);
  if (handler.length >= 3) throw createRuntimeError('Runtime.CallbackHandlerDeprecated', CALLBACK_MESSAGE);
  return handler;
}

function describeOutside(handlerName: string): string {
  return `'${handlerName}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`;
}

async function loadModule(codeFolder: string, modulePath: string): Promise<unknown> {
  const require = createRequire(join(codeFolder, 'index.js'));
  const file = ['', '.js', '.mjs', '.cjs'].map((extension) => modulePath + extension).find((name) => existsSync(name));
  try {
    if (file === undefined) return require(basename(modulePath));
    return isLooseScript(file, codeFolder)
      ? requireLooseScript(require, file, codeFolder)
      : await import(pathToFileURL(file).href);
  } catch (error) {
    if (error instanceof SyntaxError) {
      const { stack } = error;
      throw Object.assign(createRuntimeError('Runtime.UserCodeSyntaxError', String(error)), { stack });
    }
    const missing = error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
    throw missing ? createRuntimeError('Runtime.ImportModuleError', String(error)) : error;
  }
}

/** A `.js` file of the function without a package.json that says what it is. */
function isLooseScript(file: string, codeFolder: string): boolean {
  if (!file.endsWith('.js')) return false;
  for (let folder = dirname(file); folder.startsWith(codeFolder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return false;
  }
  return file.startsWith(codeFolder);
}

/** On AWS no package.json lies above a function's code; here that of a project may, and would make the script a module. */
function requireLooseScript(require: NodeJS.Require, file: string, codeFolder: string): unknown {
  registerHooks({
    load(url, context, nextLoad) {
      const isLoose =
        context.format === 'module' && url.startsWith('file:') && isLooseScript(fileURLToPath(url), codeFolder);
      return nextLoad(url, isLoose ? { ...context, format: 'commonjs' } : context);
    },
  });
  return require(file);
}

function findExport(container: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (found, key) => (typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined),
      container,
    );
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}
