/** How engines are known to differ from AWS in what routes.test.ts shows. */
import type { Causes } from '../with-differences.ts';

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack does not answer a message that finds no route.',
      observed: { 'a message that finds no route, not even $default, is answered with an error': undefined },
    },
  ],
};
