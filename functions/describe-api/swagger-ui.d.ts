/** Files of Swagger UI, as text. */
declare module '@fastify/swagger-ui/static/swagger-ui.css' {
  const text: string;
  export default text;
}
declare module '@fastify/swagger-ui/static/swagger-ui-bundle.js' {
  const text: string;
  export default text;
}
