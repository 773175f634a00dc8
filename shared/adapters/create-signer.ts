/** AWS Signature Version 4, for services that are asked thousands of times a second. */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import aws4, { type Credentials, type Request } from 'aws4';

interface SigningKey {
  /** Whose it is, and for which day, region and service. */
  readonly name: string;
  readonly key: KeyObject;
}

/**
 * @returns what signs requests: it gives their headers, those of the signature among them. It keeps the last signing
 *   key, so it is to be used for one service
 */
export function createSigner(): (request: Request, credentials: Credentials) => NonNullable<Request['headers']> {
  let last: SigningKey | undefined;

  /** aws4 keeps a signing key as bytes; to make a key object of them for each request takes longer than the HMAC itself. */
  class Signer extends aws4.RequestSigner {
    override signature(): string {
      const { secretAccessKey = '' } = this.credentials;
      const scope = [this.getDate(), this.region, this.service, 'aws4_request'];
      const name = [secretAccessKey, ...scope].join('/');
      if (last?.name !== name) last = { name, key: deriveKey(secretAccessKey, scope) };
      return createHmac('sha256', last.key).update(this.stringToSign()).digest('hex');
    }
  }

  return (request, credentials) => new Signer(request, credentials).sign().headers ?? {};
}

/** "Derive a signing key", in Amazon's guide to Signature Version 4. */
function deriveKey(secretAccessKey: string, scope: readonly string[]): KeyObject {
  const bytes = scope.reduce<string | Buffer>(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  return createSecretKey(Buffer.from(bytes));
}
