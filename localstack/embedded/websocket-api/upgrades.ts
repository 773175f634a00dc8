/** Takes clients that connect from a server of HTTP to their WebSocket API. */
import type { UpgradeListener } from '../api-gateway/listen.ts';
import { explainForeignRequest } from '../api-gateway/loopback-guard.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import type { WebSocketApi } from './websocket-api.ts';

/**
 * A request that asks for a WebSocket where there is none is served as one that does not ask, which HTTP allows.
 *
 * @param findApi the API at a URL: path and query string
 */
export function listenForWebSockets(findApi: (url: string) => WebSocketApi | undefined): UpgradeListener {
  return {
    shouldUpgrade: ({ headers, url = '' }) =>
      headers.upgrade?.toLowerCase() === 'websocket' && findApi(url) !== undefined,
    upgrade: (req, socket, head) => {
      const reason = explainForeignRequest(req.headers);
      if (reason === undefined) findApi(req.url ?? '')?.upgrade(req, socket, head);
      else refuseUpgrade(socket, 403, reason);
    },
  };
}
