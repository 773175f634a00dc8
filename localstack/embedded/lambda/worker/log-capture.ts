/** Takes over console and the standard streams of a worker, so that all that a function logs goes to its log. */
import { formatJsonLine, formatTextLine } from './log-lines.ts';
import type { InvokeStore } from './invoke-store.ts';
import type { FunctionSettings } from '../function-settings.ts';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

export interface LogCaptureOptions {
  logging: FunctionSettings['logging'];
  invokeStore: InvokeStore;
  /** Takes whole lines, each with its line end. */
  writeLines: (requestId: string | undefined, text: string) => void;
}

/**
 * Formats and filters console output as the runtime of AWS does, and passes on the standard streams line by line.
 * Returns a function that passes on what no line end has followed yet.
 */
export function captureLogs({ logging, invokeStore, writeLines }: LogCaptureOptions): () => void {
  const formatLine = logging.format === 'JSON' ? formatJsonLine : formatTextLine;
  const lowest = logging.format === 'JSON' ? LEVELS.indexOf(logging.applicationLevel.toUpperCase()) : 0;
  const createMethod = (level: string) =>
    LEVELS.indexOf(level) < lowest
      ? () => {}
      : (message?: unknown, ...parameters: unknown[]) =>
          writeLines(
            invokeStore.findRequestId(),
            formatLine({ level, requestId: invokeStore.getRequestId(), message, parameters }),
          );
  Object.assign(console, {
    trace: createMethod('TRACE'),
    debug: createMethod('DEBUG'),
    log: createMethod('INFO'),
    info: createMethod('INFO'),
    warn: createMethod('WARN'),
    error: createMethod('ERROR'),
    fatal: createMethod('FATAL'),
  });
  const flushers = [process.stdout, process.stderr].map((stream) =>
    captureStream(stream, (text) => writeLines(invokeStore.findRequestId(), text)),
  );
  return () => {
    for (const flush of flushers) flush();
  };
}

function captureStream(stream: NodeJS.WriteStream, writeLines: (text: string) => void): () => void {
  let partialLine = '';
  const write = (chunk: Uint8Array | string, ...rest: unknown[]): boolean => {
    const text = partialLine + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    const end = text.lastIndexOf('\n') + 1;
    partialLine = text.slice(end);
    if (end > 0) writeLines(text.slice(0, end));
    const callback = rest.at(-1);
    if (typeof callback === 'function') queueMicrotask(() => void callback());
    return true;
  };
  stream.write = write;
  return () => {
    if (partialLine !== '') writeLines(`${partialLine}\n`);
    partialLine = '';
  };
}
