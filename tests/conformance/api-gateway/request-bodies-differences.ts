/** How engines are known to differ from AWS in what request-bodies.test.ts shows. */
import type { Causes } from '../with-differences.ts';

export const DIFFERENCES: Causes = {
  localstack: [
    {
      why: 'LocalStack takes a type with parameters for a text.',
      observed: {
        'a type is binary whatever its parameters are': { body: 'abc', isBase64Encoded: false },
      },
    },
  ],
};
