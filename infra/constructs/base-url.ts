/**
 * One base URL for the API and the socket: a REST and a WebSocket API cannot share a domain of their own, so a CloudFront
 * distribution stands in front of both.
 */
import { Duration, Fn, Validations } from 'aws-cdk-lib';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  type IOrigin,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, RestApiOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import type { MessengerApi } from './messenger-api.ts';
import type { SocketApi } from './socket-api.ts';

export interface BaseUrlProps {
  readonly api: MessengerApi;
  /** Undefined without the module realtime. */
  readonly sockets: SocketApi | undefined;
}

/** Where clients of counters look for the socket. */
const SOCKET_PATH = '/messenger/ws';

/** As long as API Gateway gives a function, and a second. */
const READ_TIMEOUT = Duration.seconds(30);

export class BaseUrl extends Construct {
  /** `https://<distribution>.cloudfront.net` */
  readonly url: string;

  constructor(scope: Construct, id: string, { api, sockets }: BaseUrlProps) {
    super(scope, id);
    const common = {
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // API Gateway finds an API by the host's name, so that must be its own.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    };
    const origin: IOrigin = new RestApiOrigin(api.api, { readTimeout: READ_TIMEOUT });
    const distribution = new Distribution(this, 'Distribution', {
      comment: 'Messenger: the API and the socket under one name',
      defaultBehavior: { ...common, origin },
      ...(sockets && {
        additionalBehaviors: {
          [SOCKET_PATH]: {
            ...common,
            origin: new HttpOrigin(Fn.select(2, Fn.split('/', sockets.api.apiEndpoint)), {
              protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
            }),
            functionAssociations: [
              { eventType: FunctionEventType.VIEWER_REQUEST, function: this.#leadTo(sockets.stage.stageName) },
            ],
          },
        },
      }),
    });
    this.url = `https://${distribution.distributionDomainName}`;

    Validations.of(distribution).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-CFR1', reason: 'A messenger is for everywhere.' },
      {
        id: 'AwsSolutions::AwsSolutions-CFR2',
        reason: 'A web ACL costs more than a small messenger; whoever needs one attaches it to the distribution.',
      },
      {
        id: 'AwsSolutions::AwsSolutions-CFR3',
        reason: 'Its logs hold query strings, and so the tokens of sockets. The APIs behind it log without them.',
      },
      {
        id: 'AwsSolutions::AwsSolutions-CFR4',
        reason: 'Its own name has its own certificate; a name and a certificate of theirs are for those who deploy it.',
      },
    );
  }

  /** A WebSocket API has no paths, only the name of its stage. */
  #leadTo(stageName: string): EdgeFunction {
    return new EdgeFunction(this, 'SocketPath', {
      comment: `Leads ${SOCKET_PATH} to the stage of the WebSocket API`,
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(
        `function handler(event) { event.request.uri = '/${stageName}'; return event.request; }`,
      ),
    });
  }
}
