import { expect, test } from 'vitest';
import { describeError } from './describe-error.ts';

test('an error is described with its causes, and nothing that it carries', () => {
  const cause = Object.assign(new TypeError('refused'), { Item: { text: { S: 'secret' } } });
  const described = describeError(new Error('failed', { cause }));
  expect(described).toMatchObject({
    name: 'Error',
    message: 'failed',
    cause: { name: 'TypeError', message: 'refused' },
  });
  expect(JSON.stringify(described)).not.toContain('secret');
});

test('something thrown that is no error is described too', () => {
  expect(describeError('oops')).toEqual({ name: 'string', message: 'oops', stack: undefined, cause: undefined });
});
