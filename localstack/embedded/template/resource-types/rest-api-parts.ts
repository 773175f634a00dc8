// Gathers the resources of a REST API and makes the definition of each of its stages of them.
import type {
  GatewayResponseDefinition,
  MethodDefinition,
  MethodSetting,
  RestApiDefinition,
} from '../../api-gateway/rest-api-definition.ts';
import type { DeployedAccessLog } from './access-logs.ts';

/** One deployed stage of a REST API. */
export interface DeployedRestApi {
  definition: RestApiDefinition;
  /** The stage's access log, if it has one. */
  accessLog: DeployedAccessLog | undefined;
}

export interface RestApiStage {
  stageName: string;
  deploymentId: string;
  variables: Record<string, string>;
  methodSettings: MethodSetting[];
  accessLog: DeployedAccessLog | undefined;
}

/** The parts of one REST API, as they are created. */
export interface RestApiParts {
  name: string;
  binaryMediaTypes: string[];
  /** Full path by resource id. */
  resourcePaths: Map<string, string>;
  methods: MethodDefinition[];
  gatewayResponses: GatewayResponseDefinition[];
  stages: RestApiStage[];
}

/** One definition for each stage; on AWS a stage shows what was deployed, here always all of the template. */
export function buildRestApis(
  parts: Map<string, RestApiParts>,
  { accountId, region }: { accountId: string; region: string },
): DeployedRestApi[] {
  return [...parts].flatMap(([restApiId, { name, binaryMediaTypes, methods, gatewayResponses, stages }]) =>
    stages.map((stage) => ({
      definition: {
        restApiId,
        name,
        accountId,
        region,
        stageName: stage.stageName,
        deploymentId: stage.deploymentId,
        stageVariables: stage.variables,
        methodSettings: stage.methodSettings,
        binaryMediaTypes,
        methods,
        gatewayResponses,
      },
      accessLog: stage.accessLog,
    })),
  );
}
