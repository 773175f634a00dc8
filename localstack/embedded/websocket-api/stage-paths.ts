/** The paths under which the AWS endpoint serves the stages of WebSocket APIs, which are those of LocalStack. */
import type { WebSocketApiDefinition } from './websocket-api-definition.ts';

export interface ConnectionPath {
  /** As {@link nameStage} gives it. */
  readonly stage: string;
  readonly connectionId: string;
}

const PREFIX = '/_aws/execute-api/';
/** As backends write it, and URL-encoded. */
const CONNECTIONS = ['/@connections/', '/%40connections/'];

/** What stands for a stage in a path: `{api}/{stage}`. */
export function nameStage({ apiId, stageName }: Pick<WebSocketApiDefinition, 'apiId' | 'stageName'>): string {
  return `${apiId}/${stageName}`;
}

/** The `{api}/{stage}` of `/_aws/execute-api/{api}/{stage}`, where clients connect. */
export function parseStagePath(url: string): string | undefined {
  const path = withoutQuery(url);
  return path.startsWith(PREFIX) ? path.slice(PREFIX.length).replace(/\/$/, '') : undefined;
}

/** Splits `/_aws/execute-api/{api}/{stage}/@connections/{id}`. Without regular expressions, as each live message is one. */
export function parseConnectionPath(url: string): ConnectionPath | undefined {
  if (!url.startsWith(PREFIX)) return undefined;
  for (const connections of CONNECTIONS) {
    const stageEndsAt = url.indexOf(connections, PREFIX.length);
    if (stageEndsAt === -1) continue;
    const connectionId = withoutQuery(url.slice(stageEndsAt + connections.length));
    return { stage: url.slice(PREFIX.length, stageEndsAt), connectionId: decode(connectionId) };
  }
  return undefined;
}

function withoutQuery(url: string): string {
  const queryStartsAt = url.indexOf('?');
  return queryStartsAt === -1 ? url : url.slice(0, queryStartsAt);
}

/** What cannot be decoded is no id of a connection, and stays as it is. */
function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
