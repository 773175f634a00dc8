// Waits before it is ready.
import { setTimeout as delay } from 'node:timers/promises';

const readyAt = await delay(50, 'ready');

export const handler = async () => readyAt;
