/** The routes of one API: which one a message takes, and what becomes of an event on its route. */
import { THROTTLED } from '../api-gateway/gateway-errors.ts';
import type { GatewayError } from '../api-gateway/gateway-errors.ts';
import { invokeFunction } from '../api-gateway/lambda-proxy-integration.ts';
import type { ProxyOutcome } from '../api-gateway/lambda-proxy-integration.ts';
import { mergeThrottleSettings } from '../api-gateway/method-throttling.ts';
import type { FunctionInvoker } from '../api-gateway/rest-api-definition.ts';
import { TokenBucket } from '../api-gateway/token-bucket.ts';
import type { ConnectionEvent } from './connection-event.ts';
import { NO_ROUTE } from './error-messages.ts';
import { compileRouteSelection } from './route-selection.ts';
import type { SelectRouteKey } from './route-selection.ts';
import type { RouteDefinition, WebSocketApiDefinition } from './websocket-api-definition.ts';

export const CONNECT = '$connect';
export const DISCONNECT = '$disconnect';
const DEFAULT = '$default';

/** The routes $connect and $disconnect are optional: without them all is as if a function had agreed. */
const AGREED: ProxyOutcome = { answer: { statusCode: 200, headers: [], body: '', isBase64Encoded: false } };

interface Route {
  readonly definition: RouteDefinition;
  readonly bucket: TokenBucket | undefined;
}

export class Routes {
  readonly #routes: ReadonlyMap<string, Route>;
  readonly #selectRouteKey: SelectRouteKey;
  readonly #invoker: FunctionInvoker;

  /** @throws {Error} for a route selection expression that is not emulated */
  constructor(api: WebSocketApiDefinition, invoker: FunctionInvoker) {
    this.#routes = new Map(api.routes.map((route) => [route.routeKey, compileRoute(api, route)]));
    this.#selectRouteKey = compileRouteSelection(api.routeSelectionExpression);
    this.#invoker = invoker;
  }

  /** The route that a message names if there is one, else `$default`. No message names the two routes of connections. */
  selectRouteKey(message: string): string {
    const routeKey = this.#selectRouteKey(message);
    if (routeKey === undefined || routeKey === CONNECT || routeKey === DISCONNECT) return DEFAULT;
    return this.#routes.has(routeKey) ? routeKey : DEFAULT;
  }

  /** Whether the client gets what the function of the route returns. */
  hasResponse(routeKey: string): boolean {
    return this.#routes.get(routeKey)?.definition.hasRouteResponse === true;
  }

  /**
   * Invokes the function of an event's route, and keeps in the event how that went. Never rejects.
   *
   * @param render gives the event as JSON
   */
  async invoke(event: ConnectionEvent, render: () => string): Promise<ProxyOutcome> {
    const route = this.#routes.get(event.routeKey);
    if (route === undefined) return event.eventType === 'MESSAGE' ? fail(event, NO_ROUTE) : AGREED;
    if (route.bucket?.tryTake(performance.now()) === false) return fail(event, THROTTLED);
    const startedAtMs = performance.now();
    const outcome = await invokeFunction(this.#invoker, route.definition.integration, render());
    event.integrationLatencyMs = Math.round(performance.now() - startedAtMs);
    return 'error' in outcome ? fail(event, outcome.error, outcome.reason) : outcome;
  }
}

function compileRoute(api: WebSocketApiDefinition, definition: RouteDefinition): Route {
  const limits = mergeThrottleSettings(api.routeThrottles[definition.routeKey], api.defaultThrottle);
  return { definition, bucket: limits && new TokenBucket(limits, performance.now()) };
}

function fail(event: ConnectionEvent, error: GatewayError, reason = error.message): ProxyOutcome {
  event.error = error;
  event.integrationErrorMessage = reason === error.message ? undefined : reason;
  return { error, reason };
}
