import aws4 from 'aws4';
import { expect, test } from 'vitest';
import { createSigner } from './create-signer.ts';

const ALICE = { accessKeyId: 'alice', secretAccessKey: 'secret' };
const BOB = { accessKeyId: 'bob', secretAccessKey: 'other', sessionToken: 'token' };

function makeRequest(region: string, date: string) {
  const headers = { 'Content-Type': 'application/json', 'X-Amz-Date': date };
  return {
    service: 'execute-api',
    region,
    host: 'localhost:4566',
    method: 'POST',
    path: '/a%20b',
    headers,
    body: '{}',
  };
}

test('a request is signed as aws4 does, whatever was signed before', () => {
  const sign = createSigner();
  for (const credentials of [ALICE, BOB, ALICE])
    for (const region of ['eu-central-1', 'us-east-1'])
      for (const date of ['20261129T000000Z', '20261129T120000Z', '20261130T000000Z']) {
        const expected = aws4.sign(makeRequest(region, date), credentials).headers;
        expect(sign(makeRequest(region, date), credentials)).toEqual(expected);
      }
});
