// AWS::Lambda::Function with the code of a CDK asset, and its versions and aliases.
import { z } from 'zod';
import { createPhysicalName } from '../physical-names.ts';
import { number, refused, text, textMap, withoutEffect } from './property-schemas.ts';
import { defineResourceType } from './resource-type.ts';

const MAX_NAME_LENGTH = 64;
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MB = 128;

const functionProperties = z.strictObject({
  FunctionName: text.optional(),
  Code: z.strictObject({
    S3Key: text,
    ZipFile: refused('inline code is not emulated; use Code.fromAsset'),
    ImageUri: refused('container images are not emulated; use Code.fromAsset'),
    ...withoutEffect({
      S3Bucket: 'the asset is read from the cloud assembly',
      S3ObjectVersion: 'the asset is read from the cloud assembly',
      SourceKMSKeyArn: 'the asset is read from the cloud assembly',
    }),
  }),
  Handler: text,
  Runtime: text.refine((runtime) => /^nodejs\d+\.x$/.test(runtime), 'only Node.js runtimes are emulated'),
  Timeout: number.default(DEFAULT_TIMEOUT_SECONDS),
  MemorySize: number.default(DEFAULT_MEMORY_MB),
  Environment: z.strictObject({ Variables: textMap.default({}) }).default({ Variables: {} }),
  LoggingConfig: z
    .strictObject({
      LogFormat: z.enum(['Text', 'JSON']).default('Text'),
      ApplicationLogLevel: text.default('INFO'),
      SystemLogLevel: text.default('INFO'),
      LogGroup: text.optional(),
    })
    .prefault({}),
  PackageType: z.literal('Zip', 'container images are not emulated; use Code.fromAsset').optional(),
  DeadLetterConfig: refused('dead-letter queues of asynchronous invocations are not emulated'),
  FileSystemConfigs: refused('file systems are not emulated'),
  Layers: refused('layers are not emulated; bundle the code into the asset'),
  ...withoutEffect({
    Architectures: 'the function runs on this machine',
    CodeSigningConfigArn: 'the code is local',
    Description: 'a label only',
    EphemeralStorage: 'functions share the temporary folder of this machine',
    KmsKeyArn: 'the variables stay in this process',
    RecursiveLoop: 'recursion is not detected',
    ReservedConcurrentExecutions: 'the engine has a limit of its own',
    Role: 'IAM is not emulated',
    RuntimeManagementConfig: 'the runtime is the Node.js of the engine',
    SnapStart: 'a matter of start time',
    Tags: 'labels only',
    TracingConfig: 'traces are not recorded',
    VpcConfig: 'the function uses the network of this machine',
  }),
});

export const lambdaFunction = defineResourceType(functionProperties, (properties, context) => {
  const { stackName, logicalId, region, accountId, created } = context;
  const functionName = properties.FunctionName ?? createPhysicalName(stackName, logicalId, MAX_NAME_LENGTH);
  const functionArn = `arn:aws:lambda:${region}:${accountId}:function:${functionName}`;
  const { LogFormat, ApplicationLogLevel, SystemLogLevel, LogGroup } = properties.LoggingConfig;
  created.functions.push({
    functionName,
    functionArn,
    handler: properties.Handler,
    codeFolder: context.findAssetFolder(properties.Code.S3Key),
    environment: properties.Environment.Variables,
    timeoutMs: properties.Timeout * 1000,
    memoryMb: properties.MemorySize,
    logging: {
      format: LogFormat,
      applicationLevel: ApplicationLogLevel,
      systemLevel: SystemLogLevel,
      logGroup: LogGroup ?? `/aws/lambda/${functionName}`,
    },
    runtime: properties.Runtime,
  });
  return { ref: functionName, attributes: { Arn: functionArn } };
});

const versionProperties = z.strictObject({
  FunctionName: text,
  ...withoutEffect({
    ProvisionedConcurrencyConfig: 'a matter of start time',
    CodeSha256: 'the code is that of the asset',
    Description: 'a label only',
    RuntimePolicy: 'the runtime is the Node.js of the engine',
  }),
});

/** There is one version of the code here, so that a version and an alias both stand for `$LATEST`. */
export const lambdaVersion = defineResourceType(versionProperties, ({ FunctionName }, { region, accountId }) => {
  const arn = qualifyArn(FunctionName, region, accountId);
  return { ref: arn, attributes: { FunctionArn: arn, Version: '$LATEST' } };
});

const aliasProperties = z.strictObject({
  FunctionName: text,
  FunctionVersion: text,
  Name: text,
  RoutingConfig: refused('there is one version of the code, so traffic cannot be split'),
  ...withoutEffect({ Description: 'a label only', ProvisionedConcurrencyConfig: 'a matter of start time' }),
});

export const lambdaAlias = defineResourceType(aliasProperties, ({ FunctionName }, { region, accountId }) => {
  const arn = qualifyArn(FunctionName, region, accountId);
  return { ref: arn, attributes: { AliasArn: arn } };
});

function qualifyArn(nameOrArn: string, region: string, accountId: string): string {
  const name = nameOrArn.split(':')[6] ?? nameOrArn;
  return `arn:aws:lambda:${region}:${accountId}:function:${name}:$LATEST`;
}
