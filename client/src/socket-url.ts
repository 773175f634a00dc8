/** Where sockets are. */

/** What a socket's URL may begin with, and what that means to a WebSocket: not every runtime takes http. */
const SCHEMES = new Map([
  ['http:', 'ws:'],
  ['https:', 'wss:'],
  ['ws:', 'ws:'],
  ['wss:', 'wss:'],
]);

/**
 * @param option what the URL was given as
 * @throws TypeError for one that a WebSocket refuses
 */
export function readSocketUrl(option: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const scheme = SCHEMES.get(url?.protocol ?? '');
  if (url === undefined || scheme === undefined || url.hash !== '')
    throw new TypeError(
      `${option}: got "${text}" for a socket; it takes a URL that begins with wss, ws, https or http and has no fragment, such as wss://abc123.execute-api.eu-central-1.amazonaws.com/prod`,
    );
  url.protocol = scheme;
  return url;
}
