/** Reads a method's throttle from the stage's MethodSettings. */
import type { MethodDefinition, MethodSetting, ThrottleSetting } from './rest-api-definition.ts';
import type { ThrottleLimits } from './token-bucket.ts';

/** The account's own limits, which hold where a setting names only one of the two ("Amazon API Gateway quotas"). */
const ACCOUNT_LIMITS: ThrottleLimits = { rateLimit: 10_000, burstLimit: 5_000 };

/**
 * The limits of one method, or undefined when nothing throttles it. A setting for the method itself goes before the
 * stage's default, and the default counts for each method on its own ("Throttle requests to your REST APIs").
 */
export function findThrottleLimits(
  settings: readonly MethodSetting[],
  method: Pick<MethodDefinition, 'resourcePath' | 'httpMethod'>,
): ThrottleLimits | undefined {
  const own = settings.find(
    (setting) => setting.httpMethod === method.httpMethod && decodeResourcePath(setting) === method.resourcePath,
  );
  const stageDefault = settings.find((setting) => setting.httpMethod === '*' && setting.resourcePath === '/*');
  return mergeThrottleSettings(own, stageDefault);
}

/** What a setting of its own leaves open is the default's; undefined when both leave all open. */
export function mergeThrottleSettings(
  own: ThrottleSetting | undefined,
  stageDefault: ThrottleSetting | undefined,
): ThrottleLimits | undefined {
  const rateLimit = own?.throttlingRateLimit ?? stageDefault?.throttlingRateLimit;
  const burstLimit = own?.throttlingBurstLimit ?? stageDefault?.throttlingBurstLimit;
  if (rateLimit === undefined && burstLimit === undefined) return undefined;
  return {
    rateLimit: rateLimit ?? ACCOUNT_LIMITS.rateLimit,
    burstLimit: burstLimit ?? ACCOUNT_LIMITS.burstLimit,
  };
}

/** `/~1orders` names the resource `/orders`, and `/` or `/~1` the root. */
function decodeResourcePath({ resourcePath }: MethodSetting): string {
  return resourcePath.includes('~1') ? resourcePath.slice(1).replaceAll('~1', '/') : resourcePath;
}
