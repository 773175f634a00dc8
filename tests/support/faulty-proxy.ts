/** An HTTP proxy that mistreats requests: it drops answers, drops requests, and delivers requests again late. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Exchange, type HttpProxy, startHttpProxy } from './http-proxy.ts';

/** `pass` leaves a request alone; a number of milliseconds is how late a copy of it arrives. */
export type Treatment = 'pass' | 'drop-request' | 'drop-answer' | { again: number } | { late: number };

/** @param treat decides about each request by its X-Amz-Target */
export function startFaultyProxy(target: string, treat: (operation: string) => Treatment): Promise<HttpProxy> {
  return startHttpProxy(
    () => target,
    (exchange) => mistreat(exchange, treat(String(exchange.headers['x-amz-target']))),
  );
}

async function mistreat(exchange: Exchange, treatment: Treatment): Promise<void> {
  const pass = async (): Promise<void> => exchange.answer(await exchange.forward());
  const forwardLater = async (ms: number): Promise<void> => {
    await delay(ms);
    await exchange.forward();
  };
  if (treatment === 'pass') return pass();
  if (treatment === 'drop-request') return exchange.drop();
  if (treatment === 'drop-answer') {
    await exchange.forward();
    return exchange.drop();
  }
  if ('again' in treatment) return void (await Promise.all([pass(), forwardLater(treatment.again)]));
  exchange.drop();
  await forwardLater(treatment.late);
}
