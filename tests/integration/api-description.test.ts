/** The API's description of itself, as a client and a browser get it. */
import { describe, expect, inject, test } from 'vitest';
import { call } from '../support/open-stream-client.ts';

describe.each(inject('deployments'))('$name', ({ baseUrl }) => {
  test('GET /openapi.json is the document, with what is deployed', async () => {
    const { status, headers, text } = await call(`${baseUrl}/openapi.json`, 'GET');
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'application/json' });
    const { openapi, paths } = JSON.parse(text);
    expect(openapi).toBe('3.1.1');
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/send_message', '/v1/chats', '/messenger/chats']));
  });

  test.each(['/docs', '/docs/'])('%s is a page that loads nothing from elsewhere', async (path) => {
    const { status, headers, text } = await call(`${baseUrl}${path}`, 'GET');
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'text/html; charset=utf-8' });
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(text).not.toMatch(/(?:src|href)="(?:https?:)?\/\/|url\(["']?(?:https?:)?\/\//);
    const [, base = ''] = /<base href="(.*?)">/.exec(text) ?? [];
    const root = new URL(base, `${baseUrl}${path}`);
    const links = [...text.matchAll(/(?:src|href)="(\w[\w./]*)"/g)].map(([, link = '']) => new URL(link, root).href);
    expect(links.toSorted()).toEqual([`${baseUrl}/docs/viewer.js`, `${baseUrl}/openapi.json`]);
  });

  test("the page's script comes as a script, and whole", async () => {
    const { status, headers, text } = await call(`${baseUrl}/docs/viewer.js`, 'GET');
    expect({ status, type: headers['content-type'] }).toEqual({
      status: 200,
      type: 'text/javascript; charset=utf-8',
    });
    expect(text.length).toBeGreaterThan(100_000);
  });

  test.each(['/ping', '/ping_db'])('%s says that all is well', async (path) => {
    const { status, text } = await call(`${baseUrl}${path}`, 'GET');
    expect({ status, body: JSON.parse(text) }).toEqual({ status: 200, body: { status: 'ok' } });
  });
});
