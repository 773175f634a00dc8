import { expect, test } from 'vitest';
import { countSamples, type StageTimes } from './count-samples.ts';
import type { CpuProfile } from './inspector.ts';
import { FRONT_STAGES, FUNCTION_STAGES, type StageRule, STORE_STAGES } from './stages.ts';

const ENGINE = 'file:///home/ann/messenger/localstack/embedded';

/** A chain of calls: each frame was called by the one before it, and ran for ten microseconds itself. */
function profileOf(...frames: (readonly [functionName: string, url: string])[]): CpuProfile {
  const nodes = frames.map(([functionName, url], index) => ({
    id: index + 1,
    callFrame: { functionName, url, lineNumber: 0, columnNumber: index },
    children: index + 1 < frames.length ? [index + 2] : [],
  }));
  return { nodes, samples: nodes.map(({ id }) => id), timeDeltas: nodes.map(() => 10) };
}

function count(rules: readonly StageRule[], profile: CpuProfile, source?: string): Record<string, number> {
  const times: StageTimes = new Map();
  countSamples(profile, rules, ({ url }) => (url.endsWith('index.mjs') ? source : undefined), times);
  return Object.fromEntries(times);
}

test('time is that of the file whose function ran, and idling is none', () => {
  const profile = profileOf(
    ['(root)', ''],
    ['onRequest', 'node:_http_server'],
    ['handle', `${ENGINE}/api-gateway/rest-api.ts`],
    ['assign', `${ENGINE}/lambda/execution-environment.ts`],
  );
  const idle = profileOf(['(root)', ''], ['(idle)', '']);
  expect(count(FRONT_STAGES, profile)).toEqual({
    HTTP: 10,
    'API Gateway: route, event, answer': 10,
    'hand-over to the function and back': 10,
  });
  expect(count(FRONT_STAGES, idle)).toEqual({});
});

test('what is in no file belongs to who called it, garbage collection to nobody', () => {
  const profile = profileOf(['(root)', ''], ['append', `${ENGINE}/dynamodb/journal.ts`], ['write', '']);
  const collecting = profileOf(['(root)', ''], ['get', `${ENGINE}/dynamodb/journal.ts`], ['(garbage collector)', '']);
  expect(count(STORE_STAGES, profile)).toEqual({ 'DynamoDB: storage': 20 });
  expect(count(STORE_STAGES, collecting)).toEqual({ 'DynamoDB: storage': 10, 'garbage collection': 10 });
});

test.for<[source: string, stage: string]>([
  ['node_modules/@middy/core/index.js', 'middy'],
  ['node_modules/zod/v4/core/parse.js', 'zod'],
  ['node_modules/@smithy/core/dist-es/index.js', 'DynamoDB call: SDK'],
  ['node_modules/aws4/aws4.js', 'DynamoDB call: signature, HTTP'],
  ['shared/adapters/head-item.ts', 'DynamoDB call: marshalling'],
  ['shared/domain/chat-writer.ts', 'writer: batches, numbers, keys'],
  ['functions/send-message/send-message.ts', 'request and answer'],
])('a bundle is divided by its sources: %s is %s', ([source, stage]) => {
  const profile = profileOf(['(root)', ''], ['a', 'file:///assembly/asset.1/index.mjs']);
  expect(count(FUNCTION_STAGES, profile, source)).toEqual({ [stage]: 10 });
});
