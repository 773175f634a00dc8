/**
 * Stands in for the native module of AWS's runtime client (`aws-lambda-ric`), which needs a C++ compiler to install.
 * Loaded before the client, it also sets up what the client finds when it starts.
 */
import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

/** Pipes that the process is started with. */
const RESULTS = 3;
const LOGS = 4;

/**
 * Hands over the result of an invocation. It has left this process when this returns, as with the native module: a handler
 * may end the process right after.
 */
export function done(requestId, body) {
  writeFileSync(RESULTS, `${JSON.stringify({ requestId, body, isError: false })}\n`);
}

/** Hands over the error of an invocation, likewise. */
export function error(requestId, body) {
  writeFileSync(RESULTS, `${JSON.stringify({ requestId, body, isError: true })}\n`);
}

const hooks = registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier !== './rapid-client.node') return nextResolve(specifier, context);
    hooks.deregister();
    return { url: import.meta.url, shortCircuit: true };
  },
});
process.env['_LAMBDA_TELEMETRY_LOG_FD'] = String(LOGS);
process.chdir(process.env['LAMBDA_TASK_ROOT']);
