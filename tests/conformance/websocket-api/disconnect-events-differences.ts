/** How engines are known to differ from AWS in what disconnect-events.test.ts shows. */
import type { Causes } from '../with-differences.ts';
import { DISCONNECT_MEMBERS, withoutDirection } from './event-members.ts';

const CUT_OFF = { code: 1006, reason: '' };

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack leaves messageDirection out of the context.',
      observed: { 'the context of $disconnect has these members': withoutDirection(DISCONNECT_MEMBERS.context) },
    },
    {
      why: 'MiniStack gives the event of $disconnect an empty body, and no headers.',
      observed: {
        'the event of $disconnect has these members': ['body', 'isBase64Encoded', 'requestContext'],
        'the event of $disconnect has four headers, three of which are empty': null,
      },
    },
    {
      why: 'MiniStack tells every close by a client as 1006, without a reason.',
      observed: {
        'a client that closes without a code is told as 1005': CUT_OFF,
        'the code with which a client closes is told, 1000': CUT_OFF,
        'the code with which a client closes is told, one of its own': CUT_OFF,
      },
    },
  ],
};
