/** The sizes of frames, however they are cut into chunks. */
import { expect, it } from 'vitest';
import { IncomingLimits } from './incoming-limits.ts';

const TEXT = 0x01;
const PING = 0x09;

/** A masked frame as clients send it. */
function frame(lengthBytes: number, { opcode = TEXT, isLast = true } = {}): Buffer {
  const head = [isLast ? 0x80 | opcode : opcode];
  if (lengthBytes < 126) head.push(0x80 | lengthBytes);
  else if (lengthBytes < 65_536) head.push(0x80 | 126, lengthBytes >> 8, lengthBytes & 0xff);
  else
    head.push(
      0x80 | 127,
      0,
      0,
      0,
      0,
      lengthBytes >>> 24,
      (lengthBytes >> 16) & 0xff,
      (lengthBytes >> 8) & 0xff,
      lengthBytes & 0xff,
    );
  return Buffer.concat([Buffer.from([...head, 1, 2, 3, 4]), Buffer.alloc(lengthBytes)]);
}

/** The code with which the connection closes, if it does. */
function check(bytes: Buffer, chunkBytes: number): number | undefined {
  const limits = new IncomingLimits();
  let code: number | undefined;
  for (let at = 0; at < bytes.length && code === undefined; at += chunkBytes)
    code = limits.check(bytes.subarray(at, at + chunkBytes))?.code;
  limits.release();
  return code;
}

it.each([1, 3, 1_000, 1_000_000])('reads frames in chunks of %i bytes', (chunkBytes) => {
  const inLimits = [frame(0), frame(125), frame(126), frame(32_768), frame(50, { opcode: PING }), frame(32_768)];

  expect(check(Buffer.concat(inLimits), chunkBytes)).toBeUndefined();
  expect(check(Buffer.concat([...inLimits, frame(32_769)]), chunkBytes)).toBe(1009);
  expect(check(Buffer.concat([...inLimits, frame(70_000)]), chunkBytes)).toBe(1009);
});

it('adds the frames of a message up, without those of pings between them', () => {
  const part = frame(32_768, { isLast: false });
  const ping = frame(125, { opcode: PING });
  const message = [part, ping, part, ping, part, ping];

  expect(check(Buffer.concat([...message, frame(32_768), ...message, frame(32_768)]), 777)).toBeUndefined();
  expect(check(Buffer.concat([...message, part, frame(1)]), 777)).toBe(1009);
});

it('bounds what all clients have begun, but for the beginnings', () => {
  const clients = Array.from({ length: 2_000 }, () => new IncomingLimits());
  const begun = Buffer.concat([frame(32_768, { isLast: false }), frame(32_768, { isLast: false })]);
  const short = new IncomingLimits();

  const codes = clients.map((limits) => limits.check(begun)?.code);
  const shortCode = short.check(frame(16_384))?.code;
  for (const limits of clients) limits.release();

  // 64 MB of what is beyond 16 KB each.
  expect(codes.filter((code) => code === undefined)).toHaveLength(Math.floor((64 * 1024) / 48));
  expect(codes.at(-1)).toBe(1013);
  expect(shortCode).toBeUndefined();
  expect(short.check(frame(32_768))?.code).toBeUndefined();
});
