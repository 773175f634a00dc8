/** The API's description of itself: an OpenAPI document and a page that shows it. */
import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { getDescription, getViewer, showDescription } from '../../shared/contract/description.ts';
import { ENVIRONMENT } from '../../shared/runtime/environment.ts';
import type { Settings } from '../settings.ts';
import type { MessengerApi } from './messenger-api.ts';
import { MessengerFunction } from './messenger-function.ts';

export interface ApiDescriptionProps {
  readonly api: MessengerApi;
  /** Folder of the function's bundle. */
  readonly bundle: string;
  readonly settings: Pick<Settings, 'modules' | 'tokenType'>;
}

export class ApiDescription extends Construct {
  readonly describeApi: IFunction;

  constructor(scope: Construct, id: string, props: ApiDescriptionProps) {
    super(scope, id);
    const { modules, tokenType } = props.settings;
    const describeApi = new MessengerFunction(this, 'DescribeApiFunction', {
      description: 'The API, described by itself',
      bundle: props.bundle,
      timeout: Duration.seconds(5),
      environment: { [ENVIRONMENT.modules]: [...modules].join(','), [ENVIRONMENT.tokenType]: tokenType },
    });
    for (const operation of [getDescription, showDescription, getViewer])
      props.api.addLimitedRoute(operation, describeApi);
    this.describeApi = describeApi;
  }
}
