/** The page that shows the API's description, by Swagger UI. */
import swaggerUi from '@fastify/swagger-ui/static/swagger-ui-bundle.js' with { type: 'text' };
import style from '@fastify/swagger-ui/static/swagger-ui.css' with { type: 'text' };

/** The page loads nothing from elsewhere, and talks to nobody but the API that it describes. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // Swagger UI styles some of its elements one by one.
  "style-src 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page's script. By itself Swagger UI would send the document to a validator elsewhere. */
export const VIEWER = `${swaggerUi}
SwaggerUIBundle({
  url: new URL('openapi.json', document.baseURI).href,
  dom_id: '#api',
  deepLinking: true,
  displayRequestDuration: true,
  validatorUrl: null,
});
`;

/** @param path the page's own: with a slash at its end, what lies beside it is one level up */
export function renderPage(path: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Serverless messenger: API</title>
    <base href="${path.endsWith('/') ? '../' : './'}">
    <link rel="icon" href="data:,">
    <style>${style}</style>
    <script src="docs/viewer.js" defer></script>
  </head>
  <body>
    <noscript>This page needs JavaScript; <a href="openapi.json">openapi.json</a> does not.</noscript>
    <div id="api"></div>
  </body>
</html>
`;
}
