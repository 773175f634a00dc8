/** How engines are known to differ from AWS in what message-events.test.ts shows. */
import { expect } from 'vitest';
import type { Causes } from '../with-differences.ts';
import { MESSAGE_MEMBERS, withoutDirection } from './event-members.ts';

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack leaves messageDirection out of the context.',
      observed: {
        'the context of a message has these members': withoutDirection(MESSAGE_MEMBERS.context),
        'the context of a message tells what happens, and of whom': {
          routeKey: 'note',
          eventType: 'MESSAGE',
          messageDirection: undefined,
          messageId: expect.any(String),
          identity: { sourceIp: '127.0.0.1', userAgent: 'probe/1' },
        },
      },
    },
    {
      why: 'MiniStack gives the time of the event as that of the connection.',
      observed: { 'the time of the connection is the same in all events': expect.any(Number) },
    },
  ],
};
