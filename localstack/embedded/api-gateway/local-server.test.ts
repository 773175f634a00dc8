/** The local URL forms, the protection against foreign web pages and the listening server. */
import { describe, expect, it } from 'vitest';
import { listen } from './listen.ts';
import { parseLocalPath } from './local-path.ts';
import { explainForeignRequest, refuseForeignRequest } from './loopback-guard.ts';
import { closeServer, exchangeRaw, getPort } from './testing/test-api.ts';

describe('parseLocalPath', () => {
  it.each([
    ['/restapis/abc/prod/_user_request_/orders/1?x=/2', { restApiId: 'abc', stage: 'prod', path: '/orders/1' }],
    ['/restapis/abc/prod/_user_request_/', { restApiId: 'abc', stage: 'prod', path: '/' }],
    ['/restapis/abc/prod/_user_request_', { restApiId: 'abc', stage: 'prod', path: '/' }],
    ['/_aws/execute-api/abc/prod/a%2Fb/', { restApiId: 'abc', stage: 'prod', path: '/a%2Fb/' }],
    ['/_aws/execute-api/abc/prod', { restApiId: 'abc', stage: 'prod', path: '/' }],
    ['/_aws/execute-api/abc', undefined],
    ['/restapis/abc/prod/orders', undefined],
    ['/restapis/abc/prod/_user_request_x', undefined],
    ['/', undefined],
  ])('reads %s', (url, expected) => {
    expect(parseLocalPath(url)).toEqual(expected);
  });
});

describe('loopback guard', () => {
  it.each([
    { host: '127.0.0.1:4566' },
    { host: 'localhost' },
    { host: 'LOCALHOST:80' },
    { host: '[::1]:4566' },
    { host: 'abc.execute-api.localhost:4566' },
    { host: 'localhost.localstack.cloud:4566' },
    { host: 'abc.execute-api.localhost.localstack.cloud' },
    { host: 'localhost', origin: 'http://localhost:3000' },
    { host: 'localhost', origin: 'https://127.0.0.1' },
  ])('lets %j in', (headers) => {
    expect(explainForeignRequest(headers)).toBeUndefined();
  });

  it.each([
    { host: undefined },
    { host: 'evil.example' },
    { host: '127.0.0.1.evil.example' },
    { host: 'localhost.evil.example:4566' },
    { host: 'evillocalhost' },
    { host: 'localhost@evil.example' },
    { host: '10.0.0.1' },
    { host: 'localhost', origin: 'null' },
    { host: 'localhost', origin: 'https://evil.example' },
    { host: 'localhost', origin: 'https://localhost.evil.example' },
    { host: 'localhost', origin: 'file://localhost' },
  ])('keeps %j out', (headers) => {
    expect(explainForeignRequest(headers)).toMatch(/^The (?:Host|Origin) header is /);
  });

  it('answers a rebound name with 403 and the reason', async () => {
    const server = await listen((req, res) => {
      if (!refuseForeignRequest(req, res)) res.end('secret');
    }, 0);

    const answer = await exchangeRaw(
      getPort(server),
      'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    );

    await closeServer(server);
    expect(answer).toContain('HTTP/1.1 403 ');
    expect(answer).toContain('evil.example');
    expect(answer).not.toContain('secret');
  });
});

describe('listen', () => {
  it('listens on the loopback address only', async () => {
    const server = await listen((_req, res) => res.end(), 0);

    expect(server.address()).toMatchObject({ address: '127.0.0.1' });
    await closeServer(server);
  });

  it('says which port is in use', async () => {
    const server = await listen((_req, res) => res.end(), 0);
    const port = getPort(server);

    await expect(listen((_req, res) => res.end(), port)).rejects.toThrow(`Cannot listen on 127.0.0.1:${port}; stop`);
    await closeServer(server);
  });
});
