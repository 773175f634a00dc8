// Answers after a while; keeps the event loop busy until then if it shall block.
import { setTimeout as delay } from 'node:timers/promises';

export const handler = async ({ ms, isBlocking }) => {
  console.log('going to sleep');
  if (isBlocking) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  else await delay(ms);
  return 'slept';
};
