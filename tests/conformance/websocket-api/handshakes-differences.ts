/** How engines are known to differ from AWS in what handshakes.test.ts shows. */
import type { Causes } from '../with-differences.ts';

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack refuses every handshake with 403.',
      observed: {
        'a function refuses with 400': 403,
        'a function refuses with 401': 403,
        'a function that fails lets nobody in': 403,
      },
    },
    {
      why: 'MiniStack does not send the headers that the function of $connect answers.',
      observed: {
        'the client gets the subprotocol that the function names': 'Server sent no subprotocol',
      },
    },
  ],
};
