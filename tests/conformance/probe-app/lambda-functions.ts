/** Functions that the cases call by Invoke. */
import type { Stack } from 'aws-cdk-lib';
import { Duration } from 'aws-cdk-lib';
import { ApplicationLogLevel, LoggingFormat, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import { addFunction } from './probe-function.ts';

export function addFunctions(stack: Stack): void {
  addFunction(stack, 'results', 'results.handler');
  addFunction(stack, 'errors', 'errors.handler');
  addFunction(stack, 'crashes', 'crashes.handler');
  addFunction(stack, 'sleep', 'sleep.handler', { timeout: Duration.seconds(1) });
  addFunction(stack, 'environment', 'environment.handler', {
    memorySize: 192,
    environment: { OWN: 'väl=ue', TZ: 'Europe/Berlin' },
  });
  addLoadedFunctions(stack);
  addLoggingFunctions(stack);
}

/** Handlers that are found in several ways, or not at all. */
function addLoadedFunctions(stack: Stack): void {
  addFunction(stack, 'commonjs', 'commonjs.handler');
  addFunction(stack, 'default-export', 'default-export.handler');
  addFunction(stack, 'nested-path', 'nested/index.api.handler');
  addFunction(stack, 'asynchronous-init', 'asynchronous-init.handler');
  addFunction(stack, 'callback', 'callback.handler');
  addFunction(stack, 'missing-module', 'nowhere.handler');
  addFunction(stack, 'missing-handler', 'results.nowhere');
  addFunction(stack, 'not-a-function', 'commonjs.answer');
  addFunction(stack, 'malformed-handler', '../functions/results.handler');
  addFunction(stack, 'missing-require', 'missing-require.handler');
  addFunction(stack, 'missing-import', 'missing-import.handler');
  addFunction(stack, 'syntax-error', 'syntax-error.handler');
  addFunction(stack, 'init-throws', 'init-throws.handler');
}

function addLoggingFunctions(stack: Stack): void {
  addFunction(stack, 'logs', 'logs.handler');
  addFunction(stack, 'logs-json', 'logs.handler', { loggingFormat: LoggingFormat.JSON });
  addFunction(stack, 'logs-json-warn', 'logs.handler', {
    loggingFormat: LoggingFormat.JSON,
    applicationLogLevelV2: ApplicationLogLevel.WARN,
    systemLogLevelV2: SystemLogLevel.WARN,
  });
  addFunction(stack, 'errors-json', 'errors.handler', { loggingFormat: LoggingFormat.JSON });
}
