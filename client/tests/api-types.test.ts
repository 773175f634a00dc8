/** The client's types are those of the contract. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { API_TYPES, generateApiTypes } from '../generate.ts';

test('api-types.ts is up to date: npm run client:generate', async () => {
  expect(readFileSync(API_TYPES, 'utf8')).toBe(await generateApiTypes());
});
