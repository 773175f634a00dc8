/** Requests and responses of the Lambda API, apart from any HTTP server. */

/** A request with the names of its headers in lower case, as `node:http` gives them. */
export interface LambdaRequest {
  method: string;
  /** Path and query. */
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export interface LambdaResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}
