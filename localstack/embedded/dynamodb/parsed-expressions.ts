/**
 * Keeps the parsed form of writes' expressions: a program sends few shapes of them, with ever new names and values, and
 * dynalite's parser takes a sixth of a write's time.
 */
import type { AttributeValue } from 'dynalite/db/index.js';
import type { ExpressionRequest } from 'dynalite/validations/index.js';

type Validate = (request: ExpressionRequest) => string | undefined;

/** Stands in a kept form for the value of a placeholder such as `:v`. */
class ValueOf {
  readonly placeholder: string;

  constructor(placeholder: string) {
    this.placeholder = placeholder;
  }
}

/** What parsing adds to a request. */
type Parsed = Pick<ExpressionRequest, '_updates' | '_condition'>;

const MAX_KEPT = 500;
/** Begins what stands in a kept form for the name of a placeholder such as `#n`; no name of a table's attribute does. */
const NAME_MARK = '\0';
/** Whether these are right depends on the values themselves, not only on their types. */
const DEPENDS_ON_VALUES = /\b(?:between|attribute_type)\b/i;

/**
 * Answers as `validate` does, which parses a request's expressions and checks them, and puts what it puts into the
 * request; it asks `validate` itself only for what is new, wrong or no write.
 */
export function keepParsedExpressions(validate: Validate, validateValue: (value: AttributeValue) => unknown): Validate {
  const kept = new Map<string, Parsed>();
  return (request) => {
    const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = request;
    const shape = describeShape(request, names, values);
    if (shape === undefined || Object.values(values).some((value) => validateValue(value))) return validate(request);
    let parsed = kept.get(shape);
    if (parsed === undefined) {
      parsed = parseShape(validate, request, names, values);
      if (parsed === undefined) return validate(request);
      if (kept.size === MAX_KEPT) kept.clear();
      kept.set(shape, parsed);
    }
    Object.assign(request, fill(parsed, names, values));
    return undefined;
  };
}

/** Requests of one shape differ in what a placeholder stands for only; undefined for what cannot be kept. */
function describeShape(
  request: ExpressionRequest,
  names: Record<string, string>,
  values: Record<string, AttributeValue>,
): string | undefined {
  const { UpdateExpression: update = '', ConditionExpression: condition = '' } = request;
  if (update === '' && condition === '') return undefined;
  if (request.FilterExpression !== undefined || request.KeyConditionExpression !== undefined) return undefined;
  if (request.ProjectionExpression !== undefined || DEPENDS_ON_VALUES.test(condition)) return undefined;
  const attributes = Object.values(names);
  // An attribute that is named twice may be one that may stand there once only.
  if (new Set(attributes).size < attributes.length) return undefined;
  if (attributes.some((attribute) => update.includes(attribute) || condition.includes(attribute))) return undefined;
  const types = Object.entries(values).map(([placeholder, value]) => `${placeholder}${Object.keys(value).join()}`);
  return [update, condition, Object.keys(names), types].join('\n');
}

function parseShape(
  validate: Validate,
  request: ExpressionRequest,
  names: Record<string, string>,
  values: Record<string, AttributeValue>,
): Parsed | undefined {
  const marks = Object.fromEntries(Object.keys(names).map((placeholder) => [placeholder, NAME_MARK + placeholder]));
  const marked = { ...request, ...(request.ExpressionAttributeNames && { ExpressionAttributeNames: marks }) };
  if (validate(marked) !== undefined) return undefined;
  const placeholders = new Map<unknown, unknown>(
    Object.entries(values).map(([placeholder, value]) => [value, new ValueOf(placeholder)]),
  );
  const { _updates: updates, _condition: condition } = marked;
  return {
    ...(updates && { _updates: rebuild(updates, (node) => placeholders.get(node)) }),
    ...(condition && { _condition: rebuild(condition, (node) => placeholders.get(node)) }),
  };
}

function fill(parsed: Parsed, names: Record<string, string>, values: Record<string, AttributeValue>): Parsed {
  return rebuild(parsed, (node) => {
    if (node instanceof ValueOf) return values[node.placeholder];
    return typeof node === 'string' && node.startsWith(NAME_MARK) ? names[node.slice(1)] : undefined;
  });
}

/** A copy in which each node, and each name of a member, is what `replace` gives for it if it gives anything. */
function rebuild<T>(root: T, replace: (node: unknown) => unknown): T;
function rebuild(node: unknown, replace: (node: unknown) => unknown): unknown {
  const replaced = replace(node);
  if (replaced !== undefined) return replaced;
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map((part: unknown) => rebuild(part, replace));
  const copy: Record<string, unknown> = Object.create(null);
  for (const [name, part] of Object.entries(node)) copy[rebuild(name, replace)] = rebuild(part, replace);
  return copy;
}
