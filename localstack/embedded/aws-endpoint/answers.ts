// Writes the answers that the endpoint gives itself, in JSON or in the XML of the query protocol.
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** Sends JSON as the AWS JSON protocols do; `__type` of the content names an error. */
export function sendJson(response: ServerResponse, status: number, content: object): void {
  send(response, status, 'application/x-amz-json-1.0', JSON.stringify(content));
}

/** What XML elements hold: text, elements, or several elements called `member`. */
export type XmlContent = string | readonly XmlContent[] | { readonly [element: string]: XmlContent };

/** Sends `<{action}Response><{action}Result>…`, the query protocol's answer. */
export function sendQueryResult(response: ServerResponse, action: string, namespace: string, result: XmlContent): void {
  const metadata = writeXml({ ResponseMetadata: { RequestId: randomUUID() } });
  const content = writeXml({ [`${action}Result`]: result }) + metadata;
  send(response, 200, 'text/xml', `<${action}Response xmlns="${namespace}">${content}</${action}Response>`);
}

/** Sends an error of the query protocol. */
export function sendQueryError(response: ServerResponse, status: number, code: string, message: string): void {
  const Type = status < 500 ? 'Sender' : 'Receiver';
  const error = { Error: { Type, Code: code, Message: message }, RequestId: randomUUID() };
  send(response, status, 'text/xml', writeXml({ ErrorResponse: error }));
}

function writeXml(content: XmlContent): string {
  if (typeof content === 'string') return escapeXml(content);
  const elements = isList(content) ? content.map((member) => ['member', member] as const) : Object.entries(content);
  return elements.map(([name, inner]) => `<${name}>${writeXml(inner)}</${name}>`).join('');
}

function isList(content: object): content is readonly XmlContent[] {
  return Array.isArray(content);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }).end(body);
}
