/** Reads the URL forms under which LocalStack serves REST APIs on one port. */

export interface LocalPath {
  readonly restApiId: string;
  readonly stage: string;
  /** The path inside the stage: raw, with a leading slash, without the query string. */
  readonly path: string;
}

const LOCAL_PATHS = [
  /^\/restapis\/(?<restApiId>[^/]+)\/(?<stage>[^/]+)\/_user_request_(?<path>\/.*)?$/,
  /^\/_aws\/execute-api\/(?<restApiId>[^/]+)\/(?<stage>[^/]+)(?<path>\/.*)?$/,
];

/**
 * Splits `/restapis/{id}/{stage}/_user_request_/{path}` or `/_aws/execute-api/{id}/{stage}/{path}`
 * (LocalStack docs, "API Gateway"). Returns undefined for any other URL.
 *
 * @param url a request's URL as Node gives it: path and query string
 */
export function parseLocalPath(url: string): LocalPath | undefined {
  const queryStart = url.indexOf('?');
  const urlPath = queryStart === -1 ? url : url.slice(0, queryStart);
  for (const localPath of LOCAL_PATHS) {
    const groups = localPath.exec(urlPath)?.groups;
    if (groups) {
      const { restApiId = '', stage = '', path = '/' } = groups;
      return { restApiId, stage, path };
    }
  }
  return undefined;
}
