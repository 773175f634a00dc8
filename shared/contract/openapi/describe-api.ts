/** The API as an OpenAPI document, made from the contract. */
import { createDocument, type CreateDocumentOptions, type oas31, type ZodOpenApiPathItemObject } from 'zod-openapi';
import type { Module } from '../modules.ts';
import { describeOperation } from './describe-operation.ts';
import { OPERATION_GROUPS } from './operation-groups.ts';

/** Version of the contract, not of the code behind it. */
const VERSION = '1.0.0';

export interface Deployment {
  readonly modules: ReadonlySet<Module>;
  /** The word before a session's id in the canonical API's `Authorization` header. */
  readonly tokenType: string;
}

/** Describes what a deployment has, and nothing else. */
export function describeApi({ modules, tokenType }: Deployment): ReturnType<typeof createDocument> {
  const groups = OPERATION_GROUPS.filter(({ module }) => module === undefined || modules.has(module));
  const paths: Record<string, ZodOpenApiPathItemObject> = {};
  for (const { title, operations } of groups)
    for (const operation of operations) {
      const method = operation.method.toLowerCase();
      paths[operation.path] = { ...paths[operation.path], [method]: describeOperation(operation, title) };
    }
  return createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Serverless messenger',
        version: VERSION,
        description: 'Times are ISO 8601 in UTC. Lengths are counted in Unicode characters.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      // Beside this document, wherever that is.
      servers: [{ url: '.' }],
      tags: groups.map(({ title: name, description }) => ({ name, description })),
      paths,
      ...(modules.has('chats') && { components: { securitySchemes: describeSignIn(tokenType) } }),
    },
    { override: simplifyAnswers },
  );
}

function describeSignIn(tokenType: string): Record<string, oas31.SecuritySchemeObject> {
  return {
    session: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: `\`${tokenType} <id>\`, with the \`session_id\` that signing in answers`,
    },
    bearer: { type: 'http', scheme: 'bearer', description: 'The same id' },
    accessToken: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: 'The `access_token` that signing in answers, without a word before it',
    },
  };
}

/** Of what is only answered, a format says enough; the patterns and bounds beside it say what would be taken. */
const simplifyAnswers: NonNullable<CreateDocumentOptions['override']> = ({ jsonSchema, io }) => {
  if (io === 'input') return;
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
};
