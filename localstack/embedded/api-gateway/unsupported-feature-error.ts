/** Says that a template uses a feature of API Gateway that is not emulated, so that it is never silently ignored. */
export class UnsupportedFeatureError extends Error {
  override readonly name = 'UnsupportedFeatureError';

  /**
   * @param where the part of the API, for example `POST /orders`
   * @param feature what it uses
   * @param remedy what to use instead
   */
  constructor(where: string, feature: string, remedy: string) {
    super(`${where} uses ${feature}, which the local API Gateway does not emulate; ${remedy}`);
  }
}
