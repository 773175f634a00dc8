/** Passwords as they are kept: by scrypt, in records that say themselves how they were made. */
import { type BinaryLike, randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const deriveKey = promisify<BinaryLike, BinaryLike, number, ScryptOptions, Buffer>(scrypt);

interface ScryptCost {
  /** Base 2 logarithm of the iteration count N. */
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/**
 * One of the choices that OWASP holds equal ("Password Storage Cheat Sheet", scrypt): this one takes 32 MB, so that every
 * environment has room for it. Records keep what they were made with, so it may grow.
 */
const COST: ScryptCost = { ln: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
/** The first half of the derived key is kept to verify by; the second never is. */
const HALF_BYTES = 32;

/** In PHC string format. */
const RECORD = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;

/** Makes the record that a password is verified by. Takes some 0.1 to 1 s of processor time, off the event loop. */
export async function hashPassword(password: string, cost: ScryptCost = COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const [verifier] = await deriveHalves(password, salt, cost);
  return formatRecord(cost, salt, verifier);
}

/**
 * Verifies a password; takes as long as making the record did.
 * @returns if it is right, 32 bytes that only the password and the record together give, and that are kept nowhere
 */
export async function verifyPassword(password: string, record: string): Promise<Buffer | undefined> {
  const { cost, salt, verifier } = parseRecord(record);
  const [derived, secret] = await deriveHalves(password, salt, cost);
  return timingSafeEqual(derived, verifier) ? secret : undefined;
}

/** A record that no password fits: verifying against it takes as long as against one that was made today. */
export function makeUnmatchedRecord(): string {
  return formatRecord(COST, randomBytes(SALT_BYTES), randomBytes(HALF_BYTES));
}

async function deriveHalves(password: string, salt: Buffer, { ln, r, p }: ScryptCost): Promise<[Buffer, Buffer]> {
  const N = 2 ** ln;
  // The same password may be typed in several ways (NIST SP 800-63B, "Memorized Secret Verifiers").
  const key = await deriveKey(password.normalize('NFKC'), salt, 2 * HALF_BYTES, { N, r, p, maxmem: 256 * N * r });
  return [key.subarray(0, HALF_BYTES), key.subarray(HALF_BYTES)];
}

function formatRecord({ ln, r, p }: ScryptCost, salt: Buffer, verifier: Buffer): string {
  return `$scrypt$ln=${ln},r=${r},p=${p}$${encode(salt)}$${encode(verifier)}`;
}

function parseRecord(record: string): { cost: ScryptCost; salt: Buffer; verifier: Buffer } {
  const [, ln, r, p, salt = '', verifier = ''] = RECORD.exec(record) ?? [];
  // Without the record in the message: messages are logged.
  if (verifier === '') throw new Error('a password record is not one of scrypt in PHC string format');
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  return { cost, salt: Buffer.from(salt, 'base64'), verifier: Buffer.from(verifier, 'base64') };
}

/** PHC's base64 has no padding. */
function encode(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
