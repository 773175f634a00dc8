/** Where the tools look for an engine on this machine: at the ports that the engine's own settings name. */
import { ToolError } from './run-tool.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A URL for each port in API_PORT, separated by commas as on the command line. @throws ToolError for a wrong port */
export function defaultApiUrls(environment: Environment): string {
  return readPorts(environment, 'API_PORT', '8081')
    .map((port) => `http://127.0.0.1:${port}`)
    .join();
}

/** The URL of the first port in API_PORT. @throws ToolError for a wrong port */
export function defaultApiUrl(environment: Environment): string {
  return defaultApiUrls(environment).replace(/,.*/, '');
}

/** AWS_ENDPOINT_URL, as AWS's own tools take it, or else the URL of AWS_PORT. @throws ToolError for a wrong port */
export function defaultAwsEndpoint(environment: Environment): string {
  const { AWS_ENDPOINT_URL: endpoint } = environment;
  if (endpoint) return endpoint;
  const [port, ...others] = readPorts(environment, 'AWS_PORT', '4566');
  if (others.length > 0) throw new ToolError(`AWS_PORT: got "${environment['AWS_PORT']}"; it takes one port`);
  return `http://127.0.0.1:${port}`;
}

/** An empty variable is one that is not set, as for the engine. */
function readPorts(environment: Environment, name: string, otherwise: string): number[] {
  const text = environment[name] || otherwise;
  return text.split(',').map((part) => {
    const port = /^\s*\d+\s*$/.test(part) ? Number(part) : NaN;
    if (port >= 1 && port <= 65_535) return port;
    throw new ToolError(`${name}: got "${text}"; here it takes ports from 1 to 65535`);
  });
}
