/** The ports on which the APIs of a stack are called, as under a custom domain name. */
import { listen } from './api-gateway/listen.ts';
import { refuseForeignRequest } from './api-gateway/loopback-guard.ts';
import type { RestApi } from './api-gateway/rest-api.ts';
import { sendJson } from './aws-endpoint/answers.ts';
import { closeServer, urlOf } from './close-server.ts';
import { listenForWebSockets } from './websocket-api/upgrades.ts';
import type { WebSocketApi } from './websocket-api/websocket-api.ts';

export interface ServedApis {
  /** Served at the root. */
  readonly restApi: RestApi | undefined;
  readonly webSocketApi: WebSocketApi | undefined;
  /** Where the WebSocket API is served. */
  readonly webSocketPath: string | undefined;
}

/**
 * Opens each port; 0 is any free one.
 *
 * @param intake gets what closes them
 * @returns their URLs
 */
export async function openApiPorts(
  ports: readonly number[],
  apis: ServedApis,
  intake: (() => Promise<void>)[],
): Promise<string[]> {
  const { restApi, webSocketApi, webSocketPath } = apis;
  const upgrades = listenForWebSockets((url) => (pathOf(url) === webSocketPath ? webSocketApi : undefined));
  const urls: string[] = [];
  for (const port of ports) {
    const server = await listen(
      (req, res) => {
        if (refuseForeignRequest(req, res)) return;
        if (restApi === undefined) sendJson(res, 404, { message: 'The stack has no REST API.' });
        else restApi.handle(req, res, { path: pathOf(req.url ?? '/'), prefix: '' });
      },
      port,
      upgrades,
    );
    intake.push(() => closeServer(server));
    urls.push(urlOf(server));
  }
  return urls;
}

function pathOf(url: string): string {
  const [path = '/'] = url.split('?', 1);
  return path;
}
