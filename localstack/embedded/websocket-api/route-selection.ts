/** Finds the route key of a message ("Create routes for WebSocket APIs in API Gateway"). */

/** What a message's route key is; undefined for a message that is not JSON or has no such member. */
export type SelectRouteKey = (message: string) => string | undefined;

const EXPRESSION = /^\$(?:request\.body\.(?<bare>[\w.-]+)|\{request\.body\.(?<braced>[\w.-]+)\})$/;

/** Whether an expression names one member of the message, which is the form that WebSocket APIs take. */
export function isRouteSelectionExpression(expression: string): boolean {
  return EXPRESSION.test(expression);
}

/** Compiles `$request.body.a.b` or `${request.body.a.b}`. @throws {Error} for any other expression */
export function compileRouteSelection(expression: string): SelectRouteKey {
  const { bare, braced } = EXPRESSION.exec(expression)?.groups ?? {};
  const path = bare ?? braced;
  if (path === undefined) throw new Error(`the route selection expression ${expression} names no member of the body`);
  const names = path.split('.');
  return (message) => {
    let value = parseJson(message);
    for (const name of names) value = readMember(value, name);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined;
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readMember(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
