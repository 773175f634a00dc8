/** The stages of a send, and which code belongs to which. */

/** A stage, and a pattern of the files whose code it is; of several the first counts. */
export type StageRule = readonly [stage: string, files: RegExp];

const GARBAGE: StageRule = ['garbage collection', /^\(garbage collector\)$/];

/** The thread of the engine that speaks HTTP. */
export const FRONT_STAGES: readonly StageRule[] = [
  GARBAGE,
  ['access log', /localstack\/embedded\/(?:log-file|api-gateway\/context-variables)\.ts$/],
  [
    'hand-over to the function and back',
    /localstack\/embedded\/lambda\/|^node:internal\/(?:worker|per_context\/messageport)/,
  ],
  ['API Gateway: route, event, answer', /localstack\/embedded\//],
  ['HTTP', /^node:/],
];

/** The threads of the functions. */
export const FUNCTION_STAGES: readonly StageRule[] = [
  GARBAGE,
  [
    'hand-over to the function and back',
    /localstack\/embedded\/lambda\/|^node:internal\/(?:worker|per_context\/messageport)/,
  ],
  ['middy', /node_modules\/@middy\//],
  ['zod', /node_modules\/zod\//],
  ['logs', /node_modules\/@aws-lambda-powertools\/|shared\/runtime\/logger/],
  ['DynamoDB call: SDK', /node_modules\/@?(?:aws-sdk|smithy|aws)\//],
  [
    'DynamoDB call: signature, HTTP',
    /node_modules\/aws4\/|shared\/adapters\/dynamodb-wire|^node:(?:_http|internal\/(?:crypto|stream_base)|net|https?$)/,
  ],
  ['DynamoDB call: marshalling', /shared\/adapters\//],
  ['writer: batches, numbers, keys', /shared\/domain\//],
  ['request and answer', /functions\/|shared\//],
];

/** The process of the local DynamoDB. */
export const STORE_STAGES: readonly StageRule[] = [
  GARBAGE,
  ['DynamoDB: storage', /dynamodb\/(?:write-behind|journal)\.ts$|node_modules\/(?:classic|abstract)-level\//],
  ['DynamoDB: requests and expressions', /dynalite\/validations\/|embedded\/dynamodb\//],
  ['DynamoDB: items', /node_modules\/(?:dynalite\/(?:actions|db)|big\.js|lock|async)\//],
  ['DynamoDB: HTTP', /^node:|node_modules\//],
];

export const OTHER = 'other';
