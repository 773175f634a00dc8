// Names of resources in their services: the same in every run, so that data outlast it.
import { createHash } from 'node:crypto';

/** `<stack>-<logicalId><suffix>`; what is longer than the service allows is cut and ends in a hash instead. */
export function createPhysicalName(stackName: string, logicalId: string, maxLength: number, suffix = ''): string {
  const name = `${stackName}-${logicalId}${suffix}`;
  if (name.length <= maxLength) return name;
  const end = `-${createStableId(name, 8)}${suffix}`;
  return name.slice(0, maxLength - end.length) + end;
}

/** An id of lower-case letters and digits that depends on the seed only, such as API Gateway gives its parts. */
export function createStableId(seed: string, length: number): string {
  const hash = createHash('sha256').update(seed).digest('hex');
  return BigInt(`0x${hash}`).toString(36).slice(0, length);
}
