// The access log of a stage, of a REST API or a WebSocket API.
import { z } from 'zod';
import { text } from './property-schemas.ts';

export interface DeployedAccessLog {
  format: string;
  logGroup: string;
}

export const accessLogSettings = z.strictObject({ DestinationArn: text, Format: text });

/** Where a stage logs to; undefined if it has no access log. */
export function readAccessLog(settings: z.output<typeof accessLogSettings> | undefined): DeployedAccessLog | undefined {
  return (
    settings && { format: settings.Format, logGroup: settings.DestinationArn.split(':')[6] ?? settings.DestinationArn }
  );
}
