/** How engines are known to differ from AWS in what paths.test.ts shows. */
import type { Causes } from '../with-differences.ts';

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack decodes the path before it looks for the resource.',
      observed: {
        'a path parameter is not decoded': {
          resource: '/items/{id}',
          path: '/items/a bü',
          pathParameters: { id: 'a bü' },
        },
        'an encoded slash does not end a part': { status: 403 },
      },
    },
    {
      why: 'MiniStack puts the first of several values into queryStringParameters, AWS the last.',
      observed: {
        'of several values the last one stands alone': {
          single: { tag: '1', other: 'x' },
          multi: { tag: ['1', '2'], other: ['x'] },
        },
        'brackets and further equal signs belong to the text': {
          single: { 'a[]': '1', b: 'c=d' },
          multi: { 'a[]': ['1', '2'], b: ['c=d'] },
        },
      },
    },
  ],
  localstack: [
    {
      why: 'LocalStack cuts a path at a semicolon.',
      observed: {
        'dots, plus signs and the like stay as they are': {
          resource: '/items/{id}',
          path: '/items/a.b..c+d',
          pathParameters: { id: 'a.b..c+d' },
        },
      },
    },
  ],
};
