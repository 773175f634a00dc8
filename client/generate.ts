/** Writes the types of the API, as the contract has it, into src/api-types.ts. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { describeApi } from '../shared/contract/openapi/describe-api.ts';

export const API_TYPES = path.join(import.meta.dirname, 'src/api-types.ts');

/** The whole text of that file. */
export async function generateApiTypes(): Promise<string> {
  const description = describeApi({ modules: new Set(['chats']), tokenType: 'session_id' });
  const types = astToString(await openapiTypescript(JSON.stringify(description)));
  return `/** Types of the API, made from the contract by \`npm run client:generate\`. */\n${types}`;
}

if (import.meta.main) writeFileSync(API_TYPES, await generateApiTypes());
