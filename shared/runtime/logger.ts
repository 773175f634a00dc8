/** The functions' structured logger. It is given facts about a request, never its texts, tokens or keys. */
import { Logger } from '@aws-lambda-powertools/logger';

export const logger = new Logger({ serviceName: 'messenger' });
