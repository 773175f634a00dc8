/** `npm run localstack`. */
import { runEngineCommand } from '../host/engine-command.ts';
import { localStack } from './localstack.ts';

await runEngineCommand(localStack);
