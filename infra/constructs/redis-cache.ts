/** ElastiCache for messages, in a network of its own that reaches DynamoDB and SQS without leaving AWS. */
import { Aws } from 'aws-cdk-lib';
import {
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  Port,
  SecurityGroup,
  SubnetType,
  type IVpc,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { CfnServerlessCache } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';

/** Where a function must be to reach the cache. */
export interface CacheNetwork {
  readonly vpc: IVpc;
  readonly securityGroups: SecurityGroup[];
}

const REDIS_PORT = 6379;

export class RedisCache extends Construct {
  readonly network: CacheNetwork;
  /** `rediss://host:port`: a serverless cache takes TLS only. */
  readonly url: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new Vpc(this, 'Vpc', {
      maxAzs: 2,
      // No way out: what the functions need, they reach by endpoints.
      natGateways: 0,
      subnetConfiguration: [{ name: 'functions', subnetType: SubnetType.PRIVATE_ISOLATED }],
      gatewayEndpoints: { DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB } },
    });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the library's own declarations do not keep to exactOptionalPropertyTypes
    const isolated = vpc as IVpc;
    const queues = vpc.addInterfaceEndpoint('Sqs', { service: InterfaceVpcEndpointAwsService.SQS, open: false });
    vpc.addFlowLog('FlowLog');

    const functions = new SecurityGroup(this, 'FunctionsSecurityGroup', { vpc: isolated });
    queues.connections.allowDefaultPortFrom(functions);
    const cacheGroup = new SecurityGroup(this, 'CacheSecurityGroup', { vpc: isolated, allowAllOutbound: false });
    cacheGroup.addIngressRule(functions, Port.tcp(REDIS_PORT), 'Functions ask the cache');
    const cache = new CfnServerlessCache(this, 'Cache', {
      engine: 'valkey',
      serverlessCacheName: `messages-${Aws.STACK_NAME}`,
      securityGroupIds: [cacheGroup.securityGroupId],
      subnetIds: vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
    });
    this.network = { vpc: isolated, securityGroups: [functions] };
    this.url = `rediss://${cache.attrEndpointAddress}:${cache.attrEndpointPort}`;
  }
}
