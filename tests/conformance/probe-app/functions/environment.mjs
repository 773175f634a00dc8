// Tells what the function finds around it.
export const handler = async (_event, context) => ({
  context: { ...context, remainingTimeMs: context.getRemainingTimeInMillis() },
  contextKeys: Object.keys(context),
  environment: { ...process.env },
  workingFolder: process.cwd(),
  isInTaskRoot: import.meta.dirname === process.env.LAMBDA_TASK_ROOT,
  nodeVersion: process.versions.node,
  date: new Date(0).toString(),
});
