/** How engines are known to differ from AWS in what request-headers.test.ts shows. */
import { expect } from 'vitest';
import type { Causes } from '../with-differences.ts';

const PORT = expect.stringMatching(/^\d+$/);

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack writes the names of headers in lower case.',
      observed: {
        'the case of a header stays': ['x-upper', 'x-lower'],
      },
    },
    {
      why: 'MiniStack joins several values of a header.',
      observed: {
        'of several headers of one name the last one stands alone': {
          single: { 'X-Tag': '1, 2' },
          multi: { 'X-Tag': ['1, 2'] },
        },
      },
    },
    {
      why: 'MiniStack does not add the headers that tell the address, the protocol and the trace.',
      observed: {
        'the address, port and protocol of the client are added': {
          single: { 'X-Forwarded-For': undefined, 'X-Forwarded-Port': undefined, 'X-Forwarded-Proto': undefined },
          multi: { 'X-Forwarded-For': undefined, 'X-Forwarded-Port': undefined, 'X-Forwarded-Proto': undefined },
        },
        'an address from before is kept, while port and protocol are replaced': {
          single: { 'X-Forwarded-For': '10.1.2.3', 'X-Forwarded-Proto': 'ftp' },
          multi: { 'X-Forwarded-For': ['10.1.2.3'], 'X-Forwarded-Proto': ['ftp'] },
        },
        'a trace is added': { single: { 'X-Amzn-Trace-Id': undefined }, multi: { 'X-Amzn-Trace-Id': undefined } },
      },
    },
    {
      why: 'MiniStack passes on the headers of the connection.',
      observed: {
        'headers of the connection are left out': {
          single: { Connection: 'close', TE: 'trailers', 'Max-Forwards': '3', 'Content-MD5': 'abc' },
          multi: { Connection: ['close'], TE: ['trailers'], 'Max-Forwards': ['3'], 'Content-MD5': ['abc'] },
        },
      },
    },
  ],
  localstack: [
    {
      why: 'LocalStack puts the first of several values into headers, AWS the last.',
      observed: {
        'of several headers of one name the last one stands alone': {
          single: { 'X-Tag': '1' },
          multi: { 'X-Tag': ['1', '2'] },
        },
      },
    },
    {
      why: 'LocalStack writes the protocol in upper case.',
      observed: {
        'the address, port and protocol of the client are added': {
          single: { 'X-Forwarded-For': '127.0.0.1', 'X-Forwarded-Port': PORT, 'X-Forwarded-Proto': 'HTTP' },
          multi: { 'X-Forwarded-For': ['127.0.0.1'], 'X-Forwarded-Port': [PORT], 'X-Forwarded-Proto': ['HTTP'] },
        },
      },
    },
    {
      why: 'LocalStack does not keep the addresses of X-Forwarded-For, and writes the protocol in upper case.',
      observed: {
        'an address from before is kept, while port and protocol are replaced': {
          single: { 'X-Forwarded-For': '127.0.0.1', 'X-Forwarded-Proto': 'HTTP' },
          multi: { 'X-Forwarded-For': ['127.0.0.1'], 'X-Forwarded-Proto': ['HTTP'] },
        },
      },
    },
  ],
};
