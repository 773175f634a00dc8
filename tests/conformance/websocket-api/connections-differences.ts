/** How engines are known to differ from AWS in what connections.test.ts shows. */
import { expect } from 'vitest';
import type { Causes } from '../with-differences.ts';

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack takes texts of any size.',
      observed: { 'a larger text is refused': { status: 200, errorType: null } },
    },
    {
      why: 'MiniStack writes the members of GetConnection in upper case, and times in seconds, which the SDKs do not read.',
      observed: {
        'a connection can be asked for its client and times': {
          status: 200,
          body: {
            ConnectedAt: expect.any(Number),
            Identity: { sourceIp: '127.0.0.1', userAgent: 'probe/1' },
            LastActiveAt: expect.any(Number),
          },
        },
      },
    },
    {
      why: 'MiniStack tells a connection that was deleted as 1005, without a reason.',
      observed: {
        'a connection that is deleted is told as closed normally': { code: 1005, reason: '' },
      },
    },
  ],
};
