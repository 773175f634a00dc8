/** The process that holds sockets open and does nothing else. Forked by hold-sockets.ts, with whose end it ends. */
import { once } from 'node:events';
import { openSockets } from './open-sockets.ts';

export interface HoldOptions {
  readonly socketUrl: string;
  /** One socket for each. */
  readonly tokens: readonly string[];
}

/** Told once all are open; and once more at the end, when it is asked for. */
export interface HoldReport {
  /** Sockets that are open. */
  readonly open: number;
  readonly tookMs: number;
  readonly failures: Readonly<Record<string, number>>;
}

process.once('disconnect', () => process.exit());
const [{ socketUrl, tokens }]: [HoldOptions] = await once(process, 'message').then(([options]) => [options]);
const startedAtMs = performance.now();
const { sockets, failures } = await openSockets(socketUrl, tokens);
const report = { tookMs: performance.now() - startedAtMs, failures };
const countOpen = (): number => sockets.filter((socket) => socket?.readyState === socket?.OPEN).length;
process.send?.({ ...report, open: countOpen() } satisfies HoldReport);
process.on('message', () => void process.send?.({ ...report, open: countOpen() } satisfies HoldReport));
