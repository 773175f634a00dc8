/** What the frames of a socket tell a load: read from their text, which costs far less than to parse them. */

export type Told =
  /** These messages of the load have come. */
  | { readonly kind: 'messages'; readonly indexes: readonly number[] }
  /** A message of the load is stored. */
  | { readonly kind: 'ack'; readonly index: number }
  /** A frame was refused; undefined if it cannot be told which. */
  | { readonly kind: 'error'; readonly index: number | undefined; readonly what: string };

const ACTION = /^\{"topic":"messenger","action":"([a-z-]+)"/;
const CODE = /\\"code\\":(\d+)/;

/** @param run of the load whose messages are counted @returns what reads a frame; undefined for what is of no interest */
export function createFrameReader(run: string): (frame: Buffer) => Told | undefined {
  const text = new RegExp(String.raw`\\"text\\":\\"${run} (\d+) `, 'g');
  const clientId = new RegExp(String.raw`\\"client_id\\":\\"${run}-(\d+)\\"`);
  return (frame) => {
    // Whatever is looked for is ASCII.
    const content = frame.toString('latin1');
    switch (ACTION.exec(content)?.[1]) {
      case 'send-message':
        return { kind: 'messages', indexes: [...content.matchAll(text)].map(([, index]) => Number(index)) };
      case 'ack': {
        const index = readIndex(clientId, content);
        return index === undefined ? undefined : { kind: 'ack', index };
      }
      case 'error':
        return { kind: 'error', index: readIndex(clientId, content), what: `error ${CODE.exec(content)?.[1] ?? '?'}` };
      case undefined:
        // API Gateway's own.
        return { kind: 'error', index: undefined, what: content.slice(0, 200) };
      default:
        return undefined;
    }
  };
}

function readIndex(pattern: RegExp, content: string): number | undefined {
  const [, index] = pattern.exec(content) ?? [];
  return index === undefined ? undefined : Number(index);
}
