/** Writes the event of a Lambda proxy integration (payload format 1.0). */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { formatClfTime } from './clf-time.ts';
import type { Exchange } from './exchange.ts';
import { joinObject, quote, renderMembers } from './json-text.ts';
import { parseQueryString } from './query-string.ts';
import { renderEventHeaders } from './request-headers.ts';
import type { MethodDefinition, RestApiDefinition } from './rest-api-definition.ts';

export interface EventPayload {
  readonly pathParameters: Record<string, string> | null;
  readonly body: Buffer | null;
  readonly isBase64Encoded: boolean;
}

/** Gives an event as JSON. */
export type RenderProxyEvent = (exchange: Exchange, payload: EventPayload) => string;

type RequestContext = APIGatewayProxyEvent['requestContext'];
type Identity = RequestContext['identity'];

/** The members that differ between the requests of one method, as JSON; the types see to it that none is missing. */
type EventTexts = Record<Exclude<keyof APIGatewayProxyEvent, 'resource' | 'stageVariables'>, string>;
type ContextTexts = Record<
  | 'httpMethod'
  | 'extendedRequestId'
  | 'requestTime'
  | 'path'
  | 'protocol'
  | 'requestTimeEpoch'
  | 'requestId'
  | 'identity',
  string
>;
type IdentityTexts = Record<'sourceIp' | 'userAgent', string>;

/** Nobody is known to a method without authorization; keys and certificates are not even mentioned then. */
const ANONYMOUS: Omit<Identity, keyof IdentityTexts | 'apiKey' | 'apiKeyId' | 'clientCert'> = {
  cognitoIdentityPoolId: null,
  accountId: null,
  cognitoIdentityId: null,
  caller: null,
  principalOrgId: null,
  accessKey: null,
  cognitoAuthenticationType: null,
  cognitoAuthenticationProvider: null,
  userArn: null,
  user: null,
};

/** Prepares the events of one method ("Input format of a Lambda function for proxy integration"). */
export function createEventRenderer(definition: RestApiDefinition, method: MethodDefinition): RenderProxyEvent {
  const fixedIdentity = renderMembers(ANONYMOUS);
  const fixedContext = renderMembers(describeContext(definition, method));
  const fixedEvent = renderMembers(describeEvent(definition, method));
  return (exchange, { pathParameters, body, isBase64Encoded }) => {
    const { req, target } = exchange;
    const userAgent = req.headers['user-agent'];
    const httpMethod = quote(req.method ?? '');
    const identity: IdentityTexts = {
      sourceIp: quote(exchange.sourceIp),
      userAgent: userAgent === undefined ? 'null' : quote(userAgent),
    };
    const context: ContextTexts = {
      httpMethod,
      extendedRequestId: quote(exchange.extendedRequestId),
      requestTime: quote(formatClfTime(exchange.receivedAtEpochMs)),
      path: quote(target.prefix + target.path),
      protocol: quote(`HTTP/${req.httpVersion}`),
      requestTimeEpoch: String(exchange.receivedAtEpochMs),
      requestId: quote(exchange.requestId),
      identity: joinObject(fixedIdentity, identity),
    };
    const { queryStringParameters, multiValueQueryStringParameters } = parseQueryString(req.url ?? '');
    const event: EventTexts = {
      path: quote(target.path),
      httpMethod,
      ...renderEventHeaders(exchange),
      queryStringParameters: JSON.stringify(queryStringParameters),
      multiValueQueryStringParameters: JSON.stringify(multiValueQueryStringParameters),
      pathParameters: JSON.stringify(pathParameters),
      requestContext: joinObject(fixedContext, context),
      body: JSON.stringify(body && body.toString(isBase64Encoded ? 'base64' : 'utf8')),
      isBase64Encoded: String(isBase64Encoded),
    };
    return joinObject(fixedEvent, event);
  };
}

function describeEvent(
  { stageVariables }: RestApiDefinition,
  { resourcePath }: MethodDefinition,
): Omit<APIGatewayProxyEvent, keyof EventTexts> {
  const hasVariables = Object.keys(stageVariables).length > 0;
  return { resource: resourcePath, stageVariables: hasVariables ? { ...stageVariables } : null };
}

function describeContext(
  { accountId, stageName, restApiId, region, deploymentId }: RestApiDefinition,
  { resourceId, resourcePath }: MethodDefinition,
): Omit<RequestContext, keyof ContextTexts> & { deploymentId: string } {
  return {
    resourceId,
    authorizer: undefined,
    resourcePath,
    accountId,
    stage: stageName,
    domainPrefix: restApiId,
    domainName: `${restApiId}.execute-api.${region}.amazonaws.com`,
    deploymentId,
    apiId: restApiId,
  };
}
