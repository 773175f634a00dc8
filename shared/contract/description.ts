/** Where the API describes itself. */
import * as z from 'zod/mini';
import { operation } from './operation.ts';

export const getDescription = operation({
  id: 'getDescription',
  surface: 'v1',
  method: 'GET',
  path: '/openapi.json',
  summary: 'This description, as an OpenAPI document',
  access: 'anyone',
  status: 200,
  answer: z.looseObject({ openapi: z.string() }),
});

export const showDescription = operation({
  id: 'showDescription',
  surface: 'v1',
  method: 'GET',
  path: '/docs',
  summary: 'This description, as a page to read and to try calls from',
  access: 'anyone',
  status: 200,
  mediaType: 'text/html',
  answer: z.string(),
});

export const getViewer = operation({
  id: 'getViewer',
  surface: 'v1',
  method: 'GET',
  path: '/docs/viewer.js',
  summary: 'The script of that page',
  access: 'anyone',
  status: 200,
  mediaType: 'text/javascript',
  answer: z.string(),
});
