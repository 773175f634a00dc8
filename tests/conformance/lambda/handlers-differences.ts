/** How engines are known to differ from AWS in what handlers.test.ts shows. */
import type { Causes } from '../with-differences.ts';

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack runs functions with a runtime of its own, which gives every error the type Runtime.HandlerError and leaves out its stack.',
      observed: {
        'a thrown error has its name, message and stack': {
          functionError: 'Unhandled',
          errorMessage: 'no luck',
          errorType: 'Runtime.HandlerError',
        },
        'a rejected promise is a thrown error': {
          functionError: 'Unhandled',
          errorMessage: 'no luck',
          errorType: 'Runtime.HandlerError',
        },
        'a message of several lines stands so in the trace': {
          functionError: 'Unhandled',
          errorMessage: 'first\nsecond',
          errorType: 'Runtime.HandlerError',
        },
        'further properties of an error are not answered': {
          functionError: 'Unhandled',
          errorMessage: 'with more',
          errorType: 'Runtime.HandlerError',
        },
        'the type of an error is its name, not its class': {
          subclass: { functionError: 'Unhandled', errorMessage: 'no order', errorType: 'Runtime.HandlerError' },
          unnamed: { functionError: 'Unhandled', errorMessage: 'no name', errorType: 'Runtime.HandlerError' },
          builtIn: { functionError: 'Unhandled', errorMessage: 'too far', errorType: 'Runtime.HandlerError' },
        },
        'what is thrown and is no error has its type and no trace': {
          text: { functionError: 'Unhandled', errorMessage: 'Unknown error', errorType: 'Runtime.HandlerError' },
          nothing: {
            functionError: 'Unhandled',
            errorMessage: "JSON parse error: Cannot read properties of undefined (reading 'message')",
            errorType: 'Runtime.HandlerError',
          },
          object: { functionError: 'Unhandled', errorMessage: 'Unknown error', errorType: 'Runtime.HandlerError' },
        },
        'a result that is not JSON is an error': {
          cycle: {
            functionError: 'Unhandled',
            errorMessage:
              "Converting circular structure to JSON\n    --> starting at object with constructor 'Object'\n    --- property 'self' closes the circle",
            errorType: 'Runtime.HandlerError',
          },
          bigint: {
            functionError: 'Unhandled',
            errorMessage: 'Do not know how to serialize a BigInt',
            errorType: 'Runtime.HandlerError',
          },
        },
      },
    },
    {
      why: 'MiniStack waits for a callback if a handler that is not async returns nothing, until the function times out.',
      observed: {
        'a handler that returns nothing answers null': {
          functionError: 'Unhandled',
          errorMessage: 'Task timed out after 10.00 seconds',
          errorType: 'Sandbox.Timedout',
        },
      },
    },
  ],
};
