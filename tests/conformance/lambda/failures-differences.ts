/** How engines are known to differ from AWS in what failures.test.ts shows. */
import type { Causes } from '../with-differences.ts';

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack says of every runtime that has ended that its worker process died, whatever the reason.',
      observed: {
        'process.exit(0) leaves no reason': {
          functionError: 'Unhandled',
          errorMessage: 'Worker process died',
          errorType: 'Runtime.HandlerError',
        },
        'process.exit(3) leaves its code': {
          functionError: 'Unhandled',
          errorMessage: 'Worker process died',
          errorType: 'Runtime.HandlerError',
        },
        'an unhandled rejection ends the runtime': {
          functionError: 'Unhandled',
          errorMessage: 'Worker process died',
          errorType: 'Runtime.HandlerError',
        },
        'an uncaught exception ends the runtime': {
          functionError: 'Unhandled',
          errorMessage: 'Worker process died',
          errorType: 'Runtime.HandlerError',
        },
      },
    },
    {
      why: 'MiniStack leaves the request id out of the message of a timeout.',
      observed: {
        'a function that takes longer than its timeout is ended': {
          functionError: 'Unhandled',
          errorMessage: 'Task timed out after 1.00 seconds',
          errorType: 'Sandbox.Timedout',
        },
      },
    },
  ],
};
