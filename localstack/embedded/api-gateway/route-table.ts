/** Finds the method that serves a path: exact segments before `{name}`, and `{name}` before `{name+}`. */

export interface Route<Method> {
  readonly resourcePath: string;
  readonly httpMethod: string;
  readonly method: Method;
}

export interface RouteMatch<Method> {
  readonly method: Method;
  /** Values as sent: REST APIs hand path parameters to a proxy integration without decoding them. */
  readonly pathParameters: Record<string, string> | null;
}

interface Resource<Method> {
  readonly methods: Map<string, Method>;
  readonly parameterNames: readonly string[];
}

interface Node<Method> {
  readonly children: Map<string, Node<Method>>;
  parameter: Node<Method> | undefined;
  resource: Resource<Method> | undefined;
  greedyResource: Resource<Method> | undefined;
}

interface FoundResource<Method> {
  readonly resource: Resource<Method>;
  readonly values: readonly string[];
}

/**
 * Indexes the routes of one API. The path chooses the resource, then the resource must have the method or `ANY`
 * ("Set up a proxy integration with a proxy resource"). A trailing slash is ignored.
 */
export class RouteTable<Method> {
  readonly #root: Node<Method> = createNode();
  readonly #plainResources = new Map<string, Resource<Method>>();

  constructor(routes: readonly Route<Method>[]) {
    for (const route of routes) this.#add(route);
  }

  /** The method for a path (raw, without the query string), or undefined where AWS answers 403. */
  match(path: string, httpMethod: string): RouteMatch<Method> | undefined {
    const plainResource = this.#plainResources.get(path);
    const found = plainResource
      ? { resource: plainResource, values: [] }
      : findResource(this.#root, splitPath(path), 0, []);
    const method = found?.resource.methods.get(httpMethod) ?? found?.resource.methods.get('ANY');
    if (found === undefined || method === undefined) return undefined;
    const names = found.resource.parameterNames;
    if (names.length === 0) return { method, pathParameters: null };
    return {
      method,
      pathParameters: Object.fromEntries(names.map((name, index) => [name, found.values[index] ?? ''])),
    };
  }

  #add({ resourcePath, httpMethod, method }: Route<Method>): void {
    const parameterNames: string[] = [];
    let node = this.#root;
    let isGreedy = false;
    for (const segment of splitPath(resourcePath)) {
      const parameter = /^\{(?<name>[^}+]+)(?<greedy>\+?)\}$/.exec(segment)?.groups;
      if (parameter) parameterNames.push(parameter['name'] ?? '');
      if (parameter?.['greedy']) isGreedy = true;
      else node = parameter ? (node.parameter ??= createNode()) : getOrCreateChild(node, segment);
    }
    const key = isGreedy ? 'greedyResource' : 'resource';
    const resource = (node[key] ??= { methods: new Map(), parameterNames });
    resource.methods.set(httpMethod, method);
    if (parameterNames.length > 0) return;
    this.#plainResources.set(resourcePath, resource);
    this.#plainResources.set(`${resourcePath}/`, resource);
  }
}

function findResource<Method>(
  node: Node<Method>,
  segments: readonly string[],
  depth: number,
  values: readonly string[],
): FoundResource<Method> | undefined {
  const segment = segments[depth];
  if (segment === undefined) return node.resource && { resource: node.resource, values };
  const child = node.children.get(segment);
  const exact = child && findResource(child, segments, depth + 1, values);
  if (exact) return exact;
  if (node.parameter && segment !== '') {
    const parameterized = findResource(node.parameter, segments, depth + 1, [...values, segment]);
    if (parameterized) return parameterized;
  }
  if (!node.greedyResource) return undefined;
  return { resource: node.greedyResource, values: [...values, segments.slice(depth).join('/')] };
}

function splitPath(path: string): string[] {
  const trimmed = path.replace(/^\/|\/+$/g, '');
  return trimmed === '' ? [] : trimmed.split('/');
}

function createNode<Method>(): Node<Method> {
  return { children: new Map(), parameter: undefined, resource: undefined, greedyResource: undefined };
}

function getOrCreateChild<Method>(node: Node<Method>, segment: string): Node<Method> {
  const child = node.children.get(segment) ?? createNode<Method>();
  node.children.set(segment, child);
  return child;
}
