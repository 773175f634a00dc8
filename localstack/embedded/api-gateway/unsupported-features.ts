/** Refuses the method features that are not emulated. */
import type { MethodDefinition } from './rest-api-definition.ts';
import { UnsupportedFeatureError } from './unsupported-feature-error.ts';

/**
 * Checks one method's settings.
 *
 * @throws {UnsupportedFeatureError} that names the method and the feature
 */
export function refuseUnsupportedMethod(method: MethodDefinition): void {
  const where = describeMethod(method);
  if (method.authorizationType !== 'NONE') {
    const feature = `the authorization type "${method.authorizationType}"`;
    throw new UnsupportedFeatureError(where, feature, 'use NONE or test it against AWS');
  }
  if (method.apiKeyRequired) {
    throw new UnsupportedFeatureError(
      where,
      'a required API key',
      'set ApiKeyRequired to false or test it against AWS',
    );
  }
  if (method.requestValidatorId !== undefined) {
    throw new UnsupportedFeatureError(where, 'a request validator', 'validate in the function or test it against AWS');
  }
}

/** The name of a method in error messages: `POST /orders`. */
export function describeMethod(method: MethodDefinition): string {
  return `${method.httpMethod} ${method.resourcePath}`;
}
