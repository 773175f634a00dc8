/**
 * The CDK app that the conformance cases deploy to an engine; `-c webSocketApis=off` leaves the WebSocket APIs out, and
 * `-c routeResponses=off` the responses of their routes.
 */
import { App, Stack } from 'aws-cdk-lib';
import { addEventSources } from './event-sources.ts';
import { addFunctions } from './lambda-functions.ts';
import { addNotes } from './notes.ts';
import { addRestApis } from './rest-apis.ts';
import { addWebSocketApis } from './websocket-apis.ts';

const stack = new Stack(new App(), 'Probe');
const notes = addNotes(stack);
addFunctions(stack);
addEventSources(stack, notes);
addRestApis(stack);
if (stack.node.tryGetContext('webSocketApis') !== 'off') addWebSocketApis(stack, notes);
