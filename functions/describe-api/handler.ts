/** The API's description: as an OpenAPI document, and as a page with the script that shows it. */
import type { APIGatewayProxyResult } from 'aws-lambda';
import { getDescription, getViewer, showDescription } from '../../shared/contract/description.ts';
import { describeApi } from '../../shared/contract/openapi/describe-api.ts';
import { isModule } from '../../shared/contract/modules.ts';
import { ENVIRONMENT, requireEnvironment } from '../../shared/runtime/environment.ts';
import { errorFormatOf } from '../../shared/runtime/error-formats.ts';
import { httpFunction } from '../../shared/runtime/http-function.ts';
import { PAGE_POLICY, renderPage, VIEWER } from './render-page.ts';

const modules = new Set(requireEnvironment(ENVIRONMENT.modules).split(',').filter(isModule));
const description = JSON.stringify(describeApi({ modules, tokenType: requireEnvironment(ENVIRONMENT.tokenType) }));

export const handler = httpFunction(
  async ({ resource, path }) => {
    switch (resource) {
      case getDescription.path:
        return answer('application/json', description);
      case showDescription.path:
        return answer('text/html; charset=utf-8', renderPage(path), { 'Content-Security-Policy': PAGE_POLICY });
      case getViewer.path:
        return answer('text/javascript; charset=utf-8', VIEWER, { 'Cache-Control': 'public, max-age=3600' });
      default:
        throw new Error(`${resource} is no part of the description`);
    }
  },
  () => errorFormatOf('v1'),
);

function answer(mediaType: string, body: string, headers: Record<string, string> = {}): APIGatewayProxyResult {
  return {
    statusCode: 200,
    headers: {
      'Content-Type': mediaType,
      'X-Content-Type-Options': 'nosniff',
      'Access-Control-Allow-Origin': '*',
      ...headers,
    },
    body,
  };
}
