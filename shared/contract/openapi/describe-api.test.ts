/** The OpenAPI document says what the contract's schemas take, in a form that other tools read. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { Operation } from '../operation.ts';
import { describeApi } from './describe-api.ts';
import type { Module } from '../modules.ts';
import { OPERATION_GROUPS } from './operation-groups.ts';

interface Described {
  parameters?: { in: string; name: string; required?: boolean; $ref?: string; schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content?: object; $ref?: string }>;
  security: object[];
}

interface Document {
  paths: Record<string, Record<string, Described>>;
  components: { securitySchemes?: object };
}

const MODULES = [['stream', 'chats'], ['stream'], ['chats'], []] satisfies Module[][];

/** As clients get it. */
function read(...modules: Module[]): Document {
  return JSON.parse(JSON.stringify(describeApi({ modules: new Set(modules), tokenType: 'session_id' })));
}

const everything = read('stream', 'chats');
const operations = OPERATION_GROUPS.flatMap((group) => group.operations);
const named = operations.map((operation) => [operation.id, operation] as const);

function find({ path, method }: Operation): Described {
  const described = everything.paths[path]?.[method.toLowerCase()];
  if (described === undefined) throw new Error(`${method} ${path} is not described`);
  return described;
}

test.each(MODULES.map((modules) => [modules.join(' and ') || 'nothing', modules] as const))(
  'with %s it is a valid OpenAPI document',
  async (_, modules) => {
    expect(await new Validator().validate({ ...read(...modules) })).toMatchObject({ valid: true });
  },
);

test('every operation has an id of its own', () => {
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
});

test('without the module chats nobody signs in', () => {
  expect(read('stream').components.securitySchemes).toBeUndefined();
});

describe.each(named)('%s', (_, operation) => {
  const described = find(operation);

  test('is described with its success and every way to fail', () => {
    const statuses = Object.keys(described.responses).map(Number);
    const expected = new Set([operation.status, 503, ...(operation.errors ?? [])]);
    if (operation.access === 'session') expected.add(401);
    if (operation.method === 'POST') expected.add(409);
    expect(statuses).toEqual(expect.arrayContaining([...expected]));
    expect('content' in (described.responses[operation.status] ?? {})).toBe(operation.status !== 204);
    expect(described.security.length > 0).toBe(operation.access === 'session');
  });

  test('takes an Idempotency-Key if it is a POST', () => {
    const refs = (described.parameters ?? []).map(({ $ref }) => $ref);
    expect(refs.includes('#/components/parameters/Idempotency-Key')).toBe(operation.method === 'POST');
  });
});

const LENGTHS = [0, 1, 64, 65, 128, 129, 254, 255, 256, 257, 4_096, 4_097];

const HIDDEN = ['\u0000', '\u00ad', '\u200b', '\ufeffann', 'ann\u3000', 'a\ue000', 'a\u{e0041}b', 'a\u{10ffff}'];
const TIMES = ['2000-01-02T03:04:05Z', '2000-01-02T03:04:05.678+03:00', '2000-02-30T00:00:00Z', '2000-01-02', '2000'];
const ID = '7f1ed4ee-4f5c-4bd5-8a3e-d3b6a4e4f4c1';

/** Something for every field, and next to it something that is not. */
const SAMPLES = [
  LENGTHS.flatMap((length) => ['x'.repeat(length), '😀'.repeat(length)]),
  ['ann', ' ann', 'ann ', 'a n n', 'tab\t', ' ', HIDDEN].flat(),
  ['ann@email.com', '@', 'a@', 'a@b@c', 'a @b', `${'e'.repeat(250)}@x.y`, `${'e'.repeat(251)}@x.y`],
  ['1', '0', '-1', '1000', '1001', '007', '1.5', '1e3', '0x10', '9'.repeat(15), '9'.repeat(17)],
  [ID, ID.replace('-4b', '-0b'), ID.slice(1), `12_${ID}`, `12_${ID.slice(1)}`, TIMES].flat(),
].flat();
const texts = fc.oneof(fc.constantFrom(...SAMPLES), fc.string({ unit: 'grapheme' }));
const values = fc.oneof(
  { weight: 4, arbitrary: texts },
  fc.constantFrom<unknown>(null, true, 0, 1, 1.5, -1, 2 ** 53, [], {}, ['ann']),
);

/** Objects that mostly fit; some have a field less or more, or a value that is none of theirs. */
function bodies({ shape }: z.ZodMiniObject): fc.Arbitrary<unknown> {
  const fields = Object.entries(shape).map(([name, schema]) => {
    const fitting = [1, ...SAMPLES].filter((sample) => z.safeParse(schema, sample).success);
    return [name, fc.oneof({ weight: 7, arbitrary: fc.constantFrom<unknown>(...fitting) }, values)] as const;
  });
  const whole = fc.record(Object.fromEntries(fields));
  const partial = fc.record(Object.fromEntries(fields), { requiredKeys: [] });
  const larger = fc.tuple(whole, values).map(([body, extra]) => ({ ...body, extra }));
  return fc.oneof({ weight: 7, arbitrary: whole }, partial, larger, values);
}

/** As a part of a JSON pointer in a URL's fragment. */
function escapePart(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

describe('what the document takes, the contract takes, and nothing else', () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema(everything, 'api');
  const compile = (pointer: string) => ajv.compile({ $ref: `api#${pointer}` });

  const withBody = operations.flatMap((operation) =>
    operation.body instanceof z.ZodMiniObject ? [[operation.id, operation, operation.body] as const] : [],
  );
  test.each(withBody)('as a body of %s', (_, { path, method }, body) => {
    const isDescribed = compile(
      `/paths/${escapePart(path)}/${method.toLowerCase()}/requestBody/content/${escapePart('application/json')}/schema`,
    );
    fc.assert(
      fc.property(bodies(body), (value) => {
        expect(isDescribed(value)).toBe(z.safeParse(body, value).success);
      }),
      { numRuns: 1_000 },
    );
  });

  const queried = named.flatMap(([id, operation]) =>
    Object.entries(operation.query?.shape ?? {}).map(
      ([name, schema]) => [`${name} of ${id}`, operation, name, schema] as const,
    ),
  );
  test.each(queried)('as the parameter %s', (_, operation, name, schema) => {
    const index = find(operation).parameters?.findIndex((parameter) => parameter.name === name) ?? -1;
    const isDescribed = compile(
      `/paths/${escapePart(operation.path)}/${operation.method.toLowerCase()}/parameters/${index}/schema`,
    );
    fc.assert(
      fc.property(fc.oneof(texts, fc.integer().map(String)), (text) => {
        // In a query string a number is the digits that JSON would write.
        const asNumber = /^-?\d+$/.test(text) ? Number(text) : text;
        expect(isDescribed(text) || isDescribed(asNumber)).toBe(z.safeParse(schema, text).success);
      }),
      { numRuns: 1_000 },
    );
  });
});
