/**
 * Keeps the parsed form of writes' expressions: a program sends few shapes of them, with ever new names and values, and
 * dynalite's parser takes a sixth of a write's time.
 */
import type { AttributeValue } from 'dynalite/db/index.js';
import type { ExpressionRequest } from 'dynalite/validations/index.js';

type Validate = (request: ExpressionRequest) => string | undefined;
type Names = Readonly<Record<string, string>>;
type Values = Readonly<Record<string, AttributeValue>>;

/** Makes anew what was parsed, with the names and values of a request in the places of its placeholders. */
type Fill<T> = (names: Names, values: Values) => T;
/** What parsing adds to a request. */
type FillParsed = Fill<Pick<ExpressionRequest, '_updates' | '_condition'>>;

type Member = 'UpdateExpression' | 'ConditionExpression';

/** The placeholders in an expression, such as `#n` and `:v`. */
interface Placeholders {
  readonly names: readonly string[];
  readonly values: readonly string[];
}

interface Expression extends Placeholders {
  readonly member: Member;
  readonly text: string;
}

const MAX_KEPT = 1_000;
/** Begins what is parsed in the place of the name of a placeholder such as `#n`; no name of a table's attribute does. */
const NAME_MARK = '\0';
/** Whether these are right depends on the values themselves, not only on their types. */
const DEPENDS_ON_VALUES = /\b(?:between|attribute_type)\b/i;

/**
 * Answers as `validate` does, which parses a request's expressions and checks them, and puts what it puts into the
 * request; it asks `validate` itself only for what is new, wrong or no write. Each expression is kept by itself, as one
 * with few shapes may come beside one with many.
 */
export function keepParsedExpressions(validate: Validate, validateValue: (value: AttributeValue) => unknown): Validate {
  const placeholders = new Map<string, Placeholders>();
  const fills = new Map<string, FillParsed>();

  const findExpression = (member: Member, text: string): Expression => {
    let found = placeholders.get(text);
    if (found === undefined) {
      found = { names: listPlaceholders(text, /#\w+/g), values: listPlaceholders(text, /:\w+/g) };
      keep(placeholders, text, found);
    }
    return { member, text, ...found };
  };
  const findFill = (expression: Expression, values: Values): FillParsed | undefined => {
    const types = expression.values.map((placeholder) => Object.keys(values[placeholder]!).join());
    const shape = [expression.member, expression.text, ...types].join('\n');
    let fill = fills.get(shape);
    if (fill === undefined) {
      fill = parseExpression(validate, expression, values);
      if (fill !== undefined) keep(fills, shape, fill);
    }
    return fill;
  };

  return (request) => {
    const { UpdateExpression: update, ConditionExpression: condition } = request;
    const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = request;
    const expressions: Expression[] = [];
    if (update !== undefined) expressions.push(findExpression('UpdateExpression', update));
    if (condition !== undefined) expressions.push(findExpression('ConditionExpression', condition));
    if (!canBeKept(request, expressions, names) || !areUsed(expressions, names, values)) return validate(request);
    if (Object.values(values).some((value) => validateValue(value))) return validate(request);
    for (const expression of expressions) {
      const fill = findFill(expression, values);
      if (fill === undefined) return validate(request);
      Object.assign(request, fill(names, values));
    }
    return undefined;
  };
}

/** Forgets all when it is too much. */
function keep<T>(kept: Map<string, T>, key: string, value: T): void {
  if (kept.size === MAX_KEPT) kept.clear();
  kept.set(key, value);
}

function listPlaceholders(text: string, pattern: RegExp): string[] {
  return [...new Set(text.match(pattern))];
}

function canBeKept(request: ExpressionRequest, expressions: readonly Expression[], names: Names): boolean {
  if (expressions.length === 0) return false;
  if (request.FilterExpression !== undefined || request.KeyConditionExpression !== undefined) return false;
  if (request.ProjectionExpression !== undefined) return false;
  const attributes = Object.values(names);
  // An attribute that is named twice may be one that may stand there once only.
  if (new Set(attributes).size < attributes.length) return false;
  return expressions.every(
    ({ text }) => !DEPENDS_ON_VALUES.test(text) && !attributes.some((attribute) => text.includes(attribute)),
  );
}

/** Whether no placeholder is missing and none is left over. */
function areUsed(expressions: readonly Expression[], names: Names, values: Values): boolean {
  return (
    areSame(
      expressions.map((expression) => expression.names),
      names,
    ) &&
    areSame(
      expressions.map((expression) => expression.values),
      values,
    )
  );
}

function areSame(used: readonly (readonly string[])[], given: object): boolean {
  const placeholders = new Set(used.flat());
  return (
    placeholders.size === Object.keys(given).length &&
    [...placeholders].every((placeholder) => Object.hasOwn(given, placeholder))
  );
}

function parseExpression(
  validate: Validate,
  { member, text, names, values: used }: Expression,
  values: Values,
): FillParsed | undefined {
  const request: ExpressionRequest = { [member]: text };
  if (names.length > 0)
    request.ExpressionAttributeNames = Object.fromEntries(names.map((name) => [name, NAME_MARK + name]));
  if (used.length > 0)
    request.ExpressionAttributeValues = Object.fromEntries(used.map((name) => [name, values[name]!]));
  if (validate(request) !== undefined) return undefined;
  const placeholders = new Map<unknown, string>(used.map((placeholder) => [values[placeholder], placeholder]));
  const { _updates, _condition } = request;
  return compile({ ...(_updates && { _updates }), ...(_condition && { _condition }) }, placeholders);
}

/** Gives what copies `node`: with names in the places of marks, and values in the places of those in `placeholders`. */
function compile<T>(node: T, placeholders: ReadonlyMap<unknown, string>): Fill<T>;
function compile(node: unknown, placeholders: ReadonlyMap<unknown, string>): Fill<unknown> {
  const placeholder = placeholders.get(node);
  if (placeholder !== undefined) return (_names, values) => values[placeholder];
  if (typeof node === 'string') return compileText(node);
  if (typeof node !== 'object' || node === null) return () => node;
  if (Array.isArray(node)) {
    const parts = node.map((part: unknown) => compile(part, placeholders));
    return (names, values) => parts.map((fill) => fill(names, values));
  }
  const members = Object.entries(node).map(
    ([name, part]) => [compileText(name), compile<unknown>(part, placeholders)] as const,
  );
  return (names, values) => {
    const copy: Record<string, unknown> = Object.create(null);
    for (const [fillName, fill] of members) copy[fillName(names, values)] = fill(names, values);
    return copy;
  };
}

function compileText(text: string): Fill<string> {
  if (!text.startsWith(NAME_MARK)) return () => text;
  const placeholder = text.slice(NAME_MARK.length);
  return (names) => names[placeholder]!;
}
