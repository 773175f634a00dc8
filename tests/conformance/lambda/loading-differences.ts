/** How engines are known to differ from AWS in what loading.test.ts shows. */
import type { Causes } from '../with-differences.ts';

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack finds handlers in .js and .mjs files only, and not inside of exported objects.',
      observed: {
        'a CommonJS module exports a handler': {
          functionError: 'Unhandled',
          errorMessage:
            "Worker init failed: Cannot find module '<folder>/commonjs'\nRequire stack:\n- <folder>/_worker.js",
          errorType: 'RuntimeError',
        },
        'a handler may stand in a folder and in an exported object': {
          functionError: 'Unhandled',
          errorMessage:
            "Worker init failed: Cannot find module '<folder>/index.api'\nRequire stack:\n- <folder>/_worker.js",
          errorType: 'RuntimeError',
        },
        'a handler that is not a function cannot be used': {
          functionError: 'Unhandled',
          errorMessage:
            "Worker init failed: Cannot find module '<folder>/commonjs'\nRequire stack:\n- <folder>/_worker.js",
          errorType: 'RuntimeError',
          isTraced: false,
        },
        'a required module that is missing is an import error': {
          functionError: 'Unhandled',
          errorMessage:
            "Worker init failed: Cannot find module '<folder>/missing-require'\nRequire stack:\n- <folder>/_worker.js",
          errorType: 'RuntimeError',
          isTraced: false,
        },
      },
    },
    {
      why: 'MiniStack still calls handlers with a callback, as Node.js runtimes before 24 did.',
      observed: {
        'a callback handler is refused': 'called back',
      },
    },
    {
      why: 'MiniStack gives every error of the init phase the type RuntimeError and leaves out its stack.',
      observed: {
        'a handler without its file cannot be found': {
          functionError: 'Unhandled',
          errorMessage:
            "Worker init failed: Cannot find module '<folder>/nowhere'\nRequire stack:\n- <folder>/_worker.js",
          errorType: 'RuntimeError',
          isTraced: false,
        },
        'a handler that is not exported cannot be found': {
          functionError: 'Unhandled',
          errorMessage: 'Worker init failed: Handler nowhere is not a function in results',
          errorType: 'RuntimeError',
          isTraced: false,
        },
        'a handler outside of the code cannot be used': {
          functionError: 'Unhandled',
          errorMessage:
            "Worker init failed: Cannot find module '<folder>/results'\nRequire stack:\n- <folder>/_worker.js",
          errorType: 'RuntimeError',
          isTraced: false,
        },
        'an imported file that is missing is an error of Node.js': {
          functionError: 'Unhandled',
          errorMessage:
            "Worker init failed: Cannot find module '<folder>/not-there.mjs' imported from <folder>/missing-import.mjs",
          errorType: 'RuntimeError',
          isTraced: false,
        },
        'code that cannot be parsed or linked is a syntax error': {
          functionError: 'Unhandled',
          errorMessage:
            "Worker init failed: The requested module './results.mjs' does not provide an export named 'nothing'",
          errorType: 'RuntimeError',
          isTraced: false,
        },
        'a module that throws fails with its error': {
          functionError: 'Unhandled',
          errorMessage: 'Worker init failed: not today',
          errorType: 'RuntimeError',
          isTraced: false,
        },
      },
    },
  ],
};
