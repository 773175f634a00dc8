/** The MOCK integration, as far as CDK's defaultCorsPreflightOptions uses it. */
import type { IncomingMessage } from 'node:http';
import type { MockIntegration, MockIntegrationResponse } from './rest-api-definition.ts';
import { parseLiteralHeaders } from './literal-headers.ts';
import { UnsupportedFeatureError } from './unsupported-feature-error.ts';

export interface MockAnswer {
  readonly statusCode: number;
  /** Name, value, name, value... */
  readonly headers: readonly string[];
  readonly body: string;
}

export type AnswerMock = (req: IncomingMessage) => MockAnswer;

const ALLOW_ORIGIN = 'Access-Control-Allow-Origin';

/** What CDK writes for several allowed origins; the condition lists all but the first, which is the header's literal. */
const ORIGIN_TEMPLATE =
  /^#set\(\$origin = \$input\.params\(\)\.header\.get\("Origin"\)\)\n#if\(\$origin == ""\)\n {2}#set\(\$origin = \$input\.params\(\)\.header\.get\("origin"\)\)\n#end\n#if\((?<condition>\$origin == "[^"]*"(?: \|\| \$origin == "[^"]*")*)\)\n {2}#set\(\$context\.responseOverride\.header\.Access-Control-Allow-Origin = \$origin\)\n#end$/;

/**
 * Compiles a MOCK integration to its answer.
 *
 * @param where the method for error messages
 * @throws {UnsupportedFeatureError} for request templates other than a fixed status code, header mappings other than
 *   literals and response templates other than plain text and CDK's check of several origins
 */
export function compileMockIntegration(where: string, integration: MockIntegration): AnswerMock {
  const response = selectResponse(where, integration);
  const headers = parseLiteralHeaders(where, 'method.response.header.', response.responseParameters);
  const hasContentType = headers.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-type');
  if (!hasContentType) headers.unshift('Content-Type', 'application/json');
  const statusCode = Number(response.statusCode);
  const template = response.responseTemplates['application/json'] ?? '';
  const originCondition = ORIGIN_TEMPLATE.exec(template)?.groups?.['condition'];
  if (originCondition === undefined) {
    if (/[#$]/.test(template)) {
      throw new UnsupportedFeatureError(where, 'a response template with VTL', 'use plain text or a Lambda function');
    }
    const answer = { statusCode, headers, body: template };
    return () => answer;
  }
  const origins = new Set(Array.from(originCondition.matchAll(/"([^"]*)"/g), ([, origin]) => origin));
  return (req) => ({ statusCode, headers: allowOrigin(headers, origins, req.headers.origin), body: '' });
}

/** The request template fixes the status code, and that selects the integration response. */
function selectResponse(where: string, integration: MockIntegration): MockIntegrationResponse {
  const template = integration.requestTemplates['application/json'] ?? '';
  const statusCode = /^\s*\{\s*"?statusCode"?\s*:\s*(?<code>\d{3})\s*\}\s*$/.exec(template)?.groups?.['code'];
  if (statusCode === undefined || Object.keys(integration.requestTemplates).length !== 1) {
    const feature = 'a MOCK integration without the single request template { statusCode: 200 } for application/json';
    throw new UnsupportedFeatureError(where, feature, 'fix the status code so or use a Lambda function');
  }
  const matching = integration.integrationResponses.find(
    ({ selectionPattern }) => selectionPattern && new RegExp(`^(?:${selectionPattern})$`).test(statusCode),
  );
  const response = matching ?? integration.integrationResponses.find(({ selectionPattern }) => !selectionPattern);
  if (response === undefined) {
    throw new UnsupportedFeatureError(where, `no integration response for the status code ${statusCode}`, 'add one');
  }
  return response;
}

function allowOrigin(headers: string[], origins: Set<string | undefined>, origin: string | undefined): string[] {
  if (origin === undefined || !origins.has(origin)) return headers;
  return headers.map((value, index) => (headers[index - 1] === ALLOW_ORIGIN && index % 2 === 1 ? origin : value));
}
