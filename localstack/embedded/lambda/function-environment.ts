/** The environment variables of a function (AWS page "Working with Lambda environment variables"). */
import type { FunctionSettings, LambdaMode } from './function-settings.ts';

/** Variables of the engine's own process that a function may see; all others stay with the engine. */
const SHARED_VARIABLES = ['PATH', 'HOME', 'TMPDIR'];

export interface FunctionEnvironmentOptions {
  settings: FunctionSettings;
  mode: LambdaMode;
  concurrencyPerEnvironment: number;
  region: string;
  logStreamName: string;
}

/** The variables that AWS sets, overridden by the function's own. */
export function createFunctionEnvironment(options: FunctionEnvironmentOptions): Record<string, string> {
  const { settings, mode, region } = options;
  const managed = mode === 'managed';
  return {
    ...sharedVariables(),
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    _HANDLER: settings.handler,
    LAMBDA_TASK_ROOT: settings.codeFolder,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: settings.functionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: managed ? 'lambda-managed-instances' : 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: settings.logging.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: options.logStreamName,
    AWS_LAMBDA_LOG_FORMAT: settings.logging.format,
    ...(settings.logging.format === 'JSON' && { AWS_LAMBDA_LOG_LEVEL: settings.logging.applicationLevel }),
    ...(managed && { AWS_LAMBDA_MAX_CONCURRENCY: String(options.concurrencyPerEnvironment) }),
    ...settings.environment,
  };
}

function sharedVariables(): Record<string, string> {
  return Object.fromEntries(
    SHARED_VARIABLES.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
