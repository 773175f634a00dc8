/** `npm run ministack`. */
import { runEngineCommand } from '../host/engine-command.ts';
import { miniStack } from './ministack.ts';

await runEngineCommand(miniStack);
