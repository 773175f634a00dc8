/** The API of the embedded engine on its AWS endpoint. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { EngineProcess } from '../support/engine-process.ts';
import { call } from '../support/open-stream-client.ts';

test("the API is served under LocalStack's URL forms too", async () => {
  const engine = await EngineProcess.start();
  try {
    const { awsEndpoint, outputs } = engine.describe();
    const { ApiId: apiId } = outputs['Messenger']!;
    for (const path of [
      `/restapis/${apiId}/prod/_user_request_/send_message/`,
      `/_aws/execute-api/${apiId}/prod/send_message/`,
    ]) {
      const body = JSON.stringify({ sender: randomUUID(), text: 'hello' });
      const answer = await call(`${awsEndpoint}${path}`, 'POST', { 'Content-Type': 'application/json' }, body);
      expect(answer.status).toBe(200);
    }
  } finally {
    await engine.discard();
  }
});
