/** Turns gateway errors into answers, customized by the API's gateway responses. */
import { compileContextTemplate, findUnknownVariable } from './context-variables.ts';
import type { RenderTemplate } from './context-variables.ts';
import type { GatewayError } from './gateway-errors.ts';
import type { GatewayResponseDefinition } from './rest-api-definition.ts';
import { parseLiteralHeaders } from './literal-headers.ts';
import { UnsupportedFeatureError } from './unsupported-feature-error.ts';

export interface ErrorAnswer {
  readonly statusCode: number;
  /** Name, value, name, value... */
  readonly headers: readonly string[];
  /** Undefined where the error's own body stands. */
  readonly renderBody: RenderTemplate | undefined;
}

export type FindErrorAnswer = (error: GatewayError) => ErrorAnswer;

/**
 * Compiles an API's gateway responses. A response of the error's own type goes before DEFAULT_4XX or DEFAULT_5XX
 * ("Gateway responses for REST APIs in API Gateway").
 *
 * @throws {UnsupportedFeatureError} for mappings other than literals and templates other than plain text with
 *   `$context` variables
 */
export function compileErrorAnswers(gatewayResponses: readonly GatewayResponseDefinition[]): FindErrorAnswer {
  const customized = new Map(
    gatewayResponses.map((response) => [response.responseType, compileGatewayResponse(response)]),
  );
  return (error) => {
    const custom = error.responseType === undefined ? undefined : findCustomized(customized, error);
    return {
      statusCode: custom?.statusCode ?? error.statusCode,
      headers: custom?.headers ?? ['Content-Type', error.contentType],
      renderBody: custom?.renderBody,
    };
  };
}

function findCustomized<Answer>(customized: Map<string, Answer>, { responseType = '', statusCode }: GatewayError) {
  return customized.get(responseType) ?? customized.get(statusCode < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
}

function compileGatewayResponse(response: GatewayResponseDefinition) {
  const { responseType, statusCode, responseParameters, responseTemplates } = response;
  const where = `The gateway response ${responseType}`;
  const [contentType = 'application/json', template] = Object.entries(responseTemplates)[0] ?? [];
  if (template !== undefined && (findUnknownVariable(template) !== undefined || /#|\$(?!context\.)/.test(template))) {
    throw new UnsupportedFeatureError(where, 'a template with VTL', 'use plain text with $context.error variables');
  }
  return {
    statusCode: statusCode === undefined ? undefined : Number(statusCode),
    headers: [
      'Content-Type',
      contentType,
      ...parseLiteralHeaders(where, 'gatewayresponse.header.', responseParameters),
    ],
    renderBody: template === undefined ? undefined : compileContextTemplate(template),
  };
}
