/** The settings of a function and the result of one invocation, as the engine and its callers exchange them. */

/**
 * How execution environments serve requests: `lambda` one request at a time each, `managed` many at once in one worker
 * thread as Lambda Managed Instances does (AWS page "Node.js runtime for Lambda Managed Instances").
 */
export type LambdaMode = 'lambda' | 'managed';

/** What a function is and where its code lies. */
export interface FunctionSettings {
  functionName: string;
  functionArn: string;
  /** `<file without extension>.<export>`, such as `index.handler`. */
  handler: string;
  /** Absolute path of the folder that holds the bundle. */
  codeFolder: string;
  environment: Record<string, string>;
  timeoutMs: number;
  memoryMb: number;
  logging: {
    format: 'Text' | 'JSON';
    /** TRACE, DEBUG, INFO, WARN, ERROR or FATAL; filters with the JSON format only, as on AWS. */
    applicationLevel: string;
    /** DEBUG, INFO or WARN; filters with the JSON format only, as on AWS. */
    systemLevel: string;
    logGroup: string;
  };
  /** Such as `nodejs24.x`. */
  runtime: string;
}

export interface InvokeOptions {
  /** A new one by default; an asynchronous invocation that is tried again keeps its own. */
  requestId?: string;
  /** JSON text that the handler finds as its context's clientContext. */
  clientContext?: string | undefined;
  /** Called when an execution environment takes the request, which may have waited for one. */
  onStart?: () => void;
}

/** The answer to one invocation. */
export interface InvokeResult {
  requestId: string;
  /** JSON text; `null` for a handler that returned nothing; the error object if `functionError` is set. */
  payload: string;
  /** Set if the function failed. */
  functionError?: 'Unhandled';
  /** The last 4 KB of what this invocation logged, before base64. */
  logTail: string;
}
