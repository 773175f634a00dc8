/** The process of one live load. Forked by run-live-load.ts, which tells it what to send and hears when to look. */
import { once } from 'node:events';
import { LiveLoad, type LiveLoadOptions } from './live-load.ts';

process.once('disconnect', () => process.exit());
const [options]: LiveLoadOptions[] = await once(process, 'message');
process.send?.(await new LiveLoad(options!).run((moment) => process.send?.(moment)));
process.disconnect();
