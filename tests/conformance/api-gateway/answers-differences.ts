/** How engines are known to differ from AWS in what answers.test.ts shows. */
import type { Causes } from '../with-differences.ts';

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack sends an answer without a status as the body.',
      observed: {
        'without a status it is 200, and without a body empty': { status: 200, body: '{}' },
      },
    },
    {
      why: 'MiniStack fails if the headers are null.',
      observed: {
        'null stands for nothing': { status: 500, body: '' },
      },
    },
    {
      why: 'MiniStack writes flags as Python does.',
      observed: {
        'a header may be a flag': { status: 200, body: '', headers: { 'X-Flag': 'True' } },
      },
    },
    {
      why: 'MiniStack sends the length of an empty body with a 204.',
      observed: {
        'a 204 has no body': { status: 204, body: '', headers: { 'Content-Length': '0' } },
      },
    },
    {
      why: "MiniStack does not rename headers, and sends a function's Content-Length.",
      observed: {
        'headers that API Gateway sets itself are renamed': {
          status: 200,
          body: '',
          headers: {
            'x-amzn-Remapped-Date': undefined,
            'x-amzn-Remapped-Server': undefined,
            'x-amzn-Remapped-WWW-Authenticate': undefined,
          },
        },
        'a length that the function names has no effect': {
          status: 200,
          body: '<cut off>',
          headers: { 'Content-Length': '999' },
        },
      },
    },
  ],
  localstack: [
    {
      why: 'LocalStack does not leave out values that stand in headers and in multiValueHeaders.',
      observed: {
        'headers of both forms are merged': { status: 200, body: '', headers: { 'X-One': 'a', 'X-Two': 'b | c | b' } },
      },
    },
    {
      why: 'LocalStack does not rename the header WWW-Authenticate.',
      observed: {
        'headers that API Gateway sets itself are renamed': {
          status: 200,
          body: '',
          headers: {
            'x-amzn-Remapped-Date': 'yesterday',
            'x-amzn-Remapped-Server': 'mine',
            'x-amzn-Remapped-WWW-Authenticate': undefined,
          },
        },
      },
    },
  ],
};
