/** Size limits, throttling, clients that go away and many connections at once. */
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { defineApi, exchangeRaw, proxyMethod, startApi } from './testing/test-api.ts';
import { TokenBucket } from './token-bucket.ts';

const LIMIT_BYTES = 10_485_760;
const TOO_LONG = 'HTTP content length exceeded 10485760 bytes.';

describe('request size', () => {
  it('passes a body of exactly the limit on', async () => {
    await using api = await startApi(defineApi(), (event) => ({ body: String(event.body?.length) }));

    const response = await fetch(`${api.url}/orders`, { method: 'POST', body: 'a'.repeat(LIMIT_BYTES) });

    expect(await response.text()).toBe(String(LIMIT_BYTES));
  });

  it('refuses a longer body that the client sends whole', async () => {
    await using api = await startApi(defineApi());

    const response = await fetch(`${api.url}/orders`, { method: 'POST', body: 'a'.repeat(LIMIT_BYTES * 3) });

    expect(response.status).toBe(413);
    expect(response.headers.get('x-amzn-errortype')).toBe('RequestTooLargeException');
    expect(await response.text()).toBe(TOO_LONG);
    expect(api.events).toEqual([]);
  });

  it('refuses by Content-Length before any of the body has come', async () => {
    await using api = await startApi(defineApi());
    const req = request(`${api.url}/orders`, { method: 'POST', headers: { 'Content-Length': LIMIT_BYTES + 1 } });
    req.on('error', () => undefined);
    req.flushHeaders();

    const [response] = await once(req, 'response');

    expect(response.statusCode).toBe(413);
    req.destroy();
  });

  it('refuses a chunked body as soon as it is over the limit', async () => {
    await using api = await startApi(defineApi());
    const chunk = Buffer.alloc(1024 * 1024, 'a');
    function* send() {
      yield 'POST /orders HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n';
      for (let index = 0; index < 11; index += 1)
        yield Buffer.concat([Buffer.from('100000\r\n'), chunk, Buffer.from('\r\n')]);
      yield '0\r\n\r\n';
    }

    const answer = await exchangeRaw(api.port, send());

    expect(answer).toContain('HTTP/1.1 413 ');
    expect(answer).toContain(TOO_LONG);
    expect(api.events).toEqual([]);
  });

  it('answers a client that sends the whole body before it reads and then closes', async () => {
    await using api = await startApi(defineApi());
    const lengthBytes = LIMIT_BYTES * 3;
    const head = `POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${lengthBytes}\r\nConnection: close\r\n\r\n`;

    const answer = await exchangeRaw(api.port, [head, Buffer.alloc(lengthBytes)]);

    expect(answer).toContain('HTTP/1.1 413 ');
    expect(answer.endsWith(TOO_LONG)).toBe(true);
  });

  it('serves further requests on the connection of a refused one', async () => {
    await using api = await startApi(defineApi());
    const body = 'a'.repeat(LIMIT_BYTES + 1);

    const answer = await exchangeRaw(api.port, [
      `POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      'GET /orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    ]);

    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
  });

  it.each([
    { valueLength: 9_900, status: 200 },
    { valueLength: 10_300, status: 431 },
  ])('answers header values of $valueLength bytes with $status', async ({ valueLength, status }) => {
    await using api = await startApi(defineApi());

    const response = await fetch(`${api.url}/orders`, { headers: { cookie: 'a'.repeat(valueLength) } });

    expect(response.status).toBe(status);
  });
});

describe('clients that go away', () => {
  it('forgets a request whose body never ends', async () => {
    await using api = await startApi(defineApi());
    const socket = connect(api.port, '127.0.0.1');
    socket.write('POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc');
    await once(socket, 'connect');
    socket.resetAndDestroy();

    const response = await fetch(`${api.url}/orders`);

    expect(response.status).toBe(200);
    expect(api.events).toMatchObject([{ httpMethod: 'GET' }]);
  });

  it('lets the function finish when nobody waits for its answer', async () => {
    const started = Promise.withResolvers<undefined>();
    const { promise, resolve } = Promise.withResolvers<object>();
    await using api = await startApi(defineApi(), (event) => {
      started.resolve(undefined);
      return event.httpMethod === 'POST' ? promise : {};
    });
    const socket = connect(api.port, '127.0.0.1');
    socket.write('POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n');
    await started.promise;
    socket.resetAndDestroy();
    await fetch(`${api.url}/orders`);
    resolve({ statusCode: 200, body: 'late' });

    const response = await fetch(`${api.url}/orders`);

    expect(response.status).toBe(200);
  });
});

describe('throttling', () => {
  const rare = { throttlingRateLimit: 0.0001 };

  it('answers 429 when the burst is used up, for each method on its own', async () => {
    await using api = await startApi(
      defineApi({
        methods: [proxyMethod('GET', '/orders'), proxyMethod('POST', '/orders'), proxyMethod('GET', '/orders/{id}')],
        methodSettings: [
          { resourcePath: '/*', httpMethod: '*', ...rare, throttlingBurstLimit: 1 },
          { resourcePath: '/~1orders~1{id}', httpMethod: 'GET', ...rare, throttlingBurstLimit: 2 },
        ],
      }),
    );
    const statuses: number[] = [];

    for (const call of [
      'GET /orders',
      'GET /orders',
      'POST /orders',
      'GET /orders/1',
      'GET /orders/2',
      'GET /orders/3',
    ]) {
      const [method = '', path = ''] = call.split(' ');
      statuses.push((await fetch(api.url + path, { method })).status);
    }

    expect(statuses).toEqual([200, 429, 200, 200, 200, 429]);
  });

  it('says so as API Gateway does', async () => {
    const setting = { resourcePath: '/*', httpMethod: '*', throttlingRateLimit: 1, throttlingBurstLimit: 0 };
    await using api = await startApi(defineApi({ methodSettings: [setting] }));

    const response = await fetch(`${api.url}/orders`);

    expect(response.headers.get('x-amzn-errortype')).toBe('TooManyRequestsException');
    expect(await response.text()).toBe('{"message":"Too Many Requests"}');
  });

  it('refills the bucket at the rate and never over the burst', () => {
    const bucket = new TokenBucket({ rateLimit: 10, burstLimit: 2 }, 0);

    const taken = [0, 0, 0, 100, 100, 10_000, 10_000, 10_000].map((nowMs) => bucket.tryTake(nowMs));

    expect(taken).toEqual([true, true, false, true, false, true, true, false]);
  });
});

describe('many clients', () => {
  it('answers 5,000 requests whose connections are all open at once', { timeout: 60_000 }, async () => {
    const count = 5_000;
    const everyoneIsHere = Promise.withResolvers<object>();
    let waiting = 0;
    await using api = await startApi(defineApi(), () => {
      waiting += 1;
      if (waiting === count) everyoneIsHere.resolve({ statusCode: 200, body: 'ok' });
      return everyoneIsHere.promise;
    });
    const agent = new Agent({ maxSockets: Infinity });

    const statuses = await Promise.all(
      Array.from({ length: count }, async () => {
        const req = request(`${api.url}/orders`, { agent }).end();
        const [response] = await once(req, 'response');
        response.resume();
        return response.statusCode;
      }),
    );

    agent.destroy();
    expect(statuses.filter((status) => status === 200)).toHaveLength(count);
  });
});
