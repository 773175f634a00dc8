/** The URLs under which an engine serves the REST and WebSocket APIs of a stack. */

/** API Gateway's own URL of a stage, with whatever domain the engine gives itself. */
const STAGE_URL = /(?<protocol>http|ws)s?:\/\/(?<apiId>[a-z0-9]+)\.execute-api\.[^/\s]+\/(?<stage>[\w-]+)/g;

/** A text in which each URL of an API is the one that works on this machine, where nobody resolves the API's domain. */
export function localizeApiUrls(text: string, endpoint: string): string {
  return text.replaceAll(STAGE_URL, (_, protocol: string, apiId: string, stage: string) =>
    stageUrl(endpoint, apiId, stage).replace('http', protocol),
  );
}

/** The URL of each REST API that is named in the texts, without a slash at its end. */
export function listApiUrls(texts: readonly string[], endpoint: string): string[] {
  const stages = texts.flatMap((text) => [...text.matchAll(STAGE_URL)].map(({ groups }) => groups!));
  const urls = stages
    .filter(({ protocol }) => protocol === 'http')
    .map(({ apiId, stage }) => stageUrl(endpoint, apiId!, stage!));
  return [...new Set(urls)];
}

/** LocalStack's form, which all engines here know. */
function stageUrl(endpoint: string, apiId: string, stage: string): string {
  return `${endpoint}/_aws/execute-api/${apiId}/${stage}`;
}
