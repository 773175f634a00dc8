/** Holds answers against the OpenAPI document. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Responses = Record<string, { $ref?: string; content?: Record<string, object> }>;

export interface DescribedApi {
  readonly paths: Record<string, Record<string, { responses: Responses }>>;
  readonly components?: { readonly responses?: Responses };
}

export class DescribedAnswers {
  readonly #api: DescribedApi;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor(api: DescribedApi) {
    this.#api = api;
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(api, 'api');
  }

  /**
   * @param path without the API's own beginning: `/v1/chats`
   * @throws Error that says what is not as it is described
   */
  async check(method: string, path: string, answer: Response): Promise<void> {
    const call = `${method} ${path}: ${answer.status}`;
    const template = this.#findTemplate(path);
    const place = ['paths', template, method.toLowerCase(), 'responses', `${answer.status}`];
    const described = this.#api.paths[template]?.[method.toLowerCase()]?.responses[answer.status];
    if (described === undefined) throw new Error(`${call} is not described`);
    const { $ref } = described;
    const pointer = $ref ?? `#/${place.map(escapePart).join('/')}`;
    const response = $ref === undefined ? described : this.#api.components?.responses?.[$ref.split('/').at(-1) ?? ''];
    const body = await answer.text();
    if (response?.content === undefined) {
      if (body !== '') throw new Error(`${call} has a body, ${body}`);
      return;
    }
    const mediaType = answer.headers.get('Content-Type')?.split(';')[0] ?? '';
    if (!(mediaType in response.content)) throw new Error(`${call} is ${mediaType}`);
    const isDescribed = this.#ajv.compile({ $ref: `api${pointer}/content/${escapePart(mediaType)}/schema` });
    if (!isDescribed(mediaType === 'application/json' ? JSON.parse(body) : body))
      throw new Error(`${call} is not as described: ${this.#ajv.errorsText(isDescribed.errors)}: ${body}`);
  }

  /** The path with the fewest parameters that fits. */
  #findTemplate(path: string): string {
    const fits = Object.keys(this.#api.paths).filter((template) =>
      new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
    );
    const [fewest] = fits.toSorted((one, other) => one.split('{').length - other.split('{').length);
    if (fewest === undefined) throw new Error(`${path} is not described`);
    return fewest;
  }
}

/** As a part of a JSON pointer in a URL's fragment. */
function escapePart(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
