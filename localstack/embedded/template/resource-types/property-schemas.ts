// Schemas of the property values that CloudFormation writes in several forms, and of those without local effect.
import { z } from 'zod';

export const text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);
export const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]);
export const textMap = z.record(z.string(), text);

/** A property that is refused wherever it is set. */
export function refused(reason: string) {
  return z.never({ error: reason }).optional();
}

/** A flag that may only be false. */
export function mustBeFalse(reason: string) {
  return flag.refine((value) => !value, reason).optional();
}

/** Properties that are accepted as they are, each with the reason why it has no effect in the engine. */
export function withoutEffect<Name extends string>(reasons: Record<Name, string>) {
  const properties = Object.keys(reasons).map((name) => [name, z.unknown().optional()]);
  const shape: Record<Name, z.ZodOptional<z.ZodUnknown>> = Object.fromEntries(properties);
  return shape;
}
