/** Access logs: one line for each event. */
import { expect, it, vi } from 'vitest';
import { defineApi, route, startWebSocketApi } from './testing/test-websocket-api.ts';

const FORMAT =
  '$context.eventType $context.routeKey $context.status $context.connectionId $context.requestId ' +
  '$context.messageId $context.disconnectReason $context.unknown "$context.error.message"';

it('has the variables of connections, messages and errors', async () => {
  const lines: string[] = [];
  const definition = defineApi({ routes: [route('$connect'), route('note')] });
  const accessLog = { format: FORMAT, write: (line: string) => void lines.push(line) };
  await using api = await startWebSocketApi(definition, undefined, { accessLog });
  const { client, id } = await api.connect('?token=secret');

  client.socket.send('{"action":"note"}');
  await vi.waitFor(() => expect(lines).toHaveLength(2));
  client.socket.send('{"action":"other"}');
  await client.receive();
  client.socket.close(1000, '"done"');
  await vi.waitFor(() => expect(lines).toHaveLength(4));

  const [connected, sent] = api.events.map(({ requestContext }) => requestContext);
  expect(lines).toEqual([
    `CONNECT $connect 200 ${id} ${connected?.requestId} - - - "-"`,
    `MESSAGE note 200 ${id} ${sent?.requestId} ${sent?.messageId} - - "-"`,
    expect.stringMatching(/^MESSAGE \$default 403 \S+ \S+ \S+= - - "Forbidden"$/),
    expect.stringMatching(/^DISCONNECT \$disconnect 200 \S+ \S+ - \\"done\\" - "-"$/),
  ]);
});

it('tells of refused handshakes, and never of a query string', async () => {
  const lines: string[] = [];
  const accessLog = {
    format: '$context.status $context.path $context.error.message',
    write: (line: string) => void lines.push(line),
  };
  await using api = await startWebSocketApi(defineApi(), () => ({ statusCode: 401 }), { accessLog });

  await api.connect('?token=secret').catch(() => undefined);

  expect(lines).toEqual(['401 - -']);
});
