/** What a proxy event consists of ("Input format of a Lambda function for proxy integration"), in alphabetical order. */
export const EVENT_MEMBERS = [
  'body',
  'headers',
  'httpMethod',
  'isBase64Encoded',
  'multiValueHeaders',
  'multiValueQueryStringParameters',
  'path',
  'pathParameters',
  'queryStringParameters',
  'requestContext',
  'resource',
  'stageVariables',
];
