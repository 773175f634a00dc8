/** How the API describes a function (AWS page "FunctionConfiguration"). */
import { pathToFileURL } from 'node:url';
import type { FunctionSettings } from './function-settings.ts';

/** The configuration, of which only what the engine knows is given. */
export function describeConfiguration(settings: FunctionSettings) {
  const { logging } = settings;
  const levels = { ApplicationLogLevel: logging.applicationLevel, SystemLogLevel: logging.systemLevel };
  return {
    FunctionName: settings.functionName,
    FunctionArn: settings.functionArn,
    Runtime: settings.runtime,
    Handler: settings.handler,
    Timeout: settings.timeoutMs / 1000,
    MemorySize: settings.memoryMb,
    Version: '$LATEST',
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    Environment: { Variables: settings.environment },
    LoggingConfig: {
      LogFormat: logging.format,
      LogGroup: logging.logGroup,
      ...(logging.format === 'JSON' && levels),
    },
  };
}

/** The answer to GetFunction. The code has no download link here, but a folder. */
export function describeFunction(settings: FunctionSettings) {
  return {
    Configuration: describeConfiguration(settings),
    Code: { Location: pathToFileURL(settings.codeFolder).href },
  };
}
