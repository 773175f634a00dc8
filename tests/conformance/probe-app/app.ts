/** The CDK app that the conformance cases deploy to an engine. */
import { App, Stack } from 'aws-cdk-lib';
import { addEventSources } from './event-sources.ts';
import { addFunctions } from './lambda-functions.ts';
import { addRestApis } from './rest-apis.ts';

const stack = new Stack(new App(), 'Probe');
addFunctions(stack);
addEventSources(stack);
addRestApis(stack);
