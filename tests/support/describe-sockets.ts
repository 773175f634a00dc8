/** Tests of sockets, on each deployment that has them: the open release of LocalStack has no WebSocket APIs. */
import { describe, inject } from 'vitest';
import type { Deployment } from './deployments.setup.ts';

export type SocketDeployment = Deployment & { readonly socketUrl: string };

export function describeSockets(defineTests: (deployment: SocketDeployment) => void): void {
  for (const deployment of inject('deployments')) {
    const { socketUrl } = deployment;
    describe.skipIf(socketUrl === undefined).each([deployment])('$name', () => {
      // Without one its tests are only named, and skipped.
      defineTests({ ...deployment, socketUrl: socketUrl ?? '' });
    });
  }
}
